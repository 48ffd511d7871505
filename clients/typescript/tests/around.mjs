// What the tests of the client stand on: a service that answers what it is told to, a clock that does not wait.
import { createHash } from "node:crypto";

const built = process.env.RUFA_CLIENT ?? new URL("../dist/", import.meta.url).href;

export const load = (name) => import(new URL(`${name}.js`, built.endsWith("/") ? built : `${built}/`));

export const { documents, memoryStorage, Rufa, Unreachable } = await load("index");

export const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A token whose owner can be read, as the service writes them. */
export const token = (owner, number = 1) =>
  `h.${Buffer.from(JSON.stringify({ sub: owner, number })).toString("base64url")}.s`;

export const NOW = Date.parse("2026-11-23T01:30:00Z");
const MINUTE = 60_000;

export function tokens(owner = "person-one", number = 1, at = NOW) {
  return {
    accessToken: token(owner, number),
    accessExpiresAt: new Date(at + 15 * MINUTE).toISOString(),
    refreshToken: `refresh-${owner}-${number}`,
    refreshExpiresAt: new Date(at + 30 * 24 * 60 * MINUTE).toISOString(),
    isRemembered: true,
  };
}

export const said = (data, headers = {}) => ({ status: 200, headers, text: JSON.stringify({ data }) });
export const refusal = (status, code, more = {}) => ({
  status,
  headers: {},
  text: JSON.stringify({ errors: [{ message: code, extensions: { code, status, text: `${code}。`, remedy: "请再试。", ...more } }] }),
});
export const lost = () => {
  throw new Unreachable("offline");
};
export const problem = (code) => ({ code, field: "name", message: `${code}。`, remedy: "请修改。" });

/** Answers by what it is given: a function of each request, in turn; the last one stays. */
export function service(...answers) {
  const seen = [];
  const answer = async (request) => {
    const body = typeof request.body === "string" && request.body.startsWith("{") ? JSON.parse(request.body) : request.body;
    const asked = { ...request, body, name: byId.get(body?.documentId) };
    seen.push(asked);
    const next = answers.length > 1 ? answers.shift() : answers[0];
    return typeof next === "function" ? next(asked) : next;
  };
  return { seen, request: answer, upload: answer, say: (...more) => answers.splice(0, answers.length, ...more) };
}

const byId = new Map(Object.values(documents).map((document) => [document.id, document.name]));

/** A client on such a service, with a clock of its own. `device` outlives it. */
export function on(transport, device = new Map(), patience = {}) {
  const clock = { now: NOW, waited: [] };
  let made = 0;
  const platform = {
    now: () => clock.now,
    wait: async (ms) => void clock.waited.push(ms),
    random: (length) => createHash("sha512").update(`${device.size} ${made++} ${clock.now} ${Math.random()}`).digest().subarray(0, length),
  };
  const rufa = new Rufa({ transport, storage: memoryStorage(device), platform, patience });
  return { rufa, clock, device };
}
