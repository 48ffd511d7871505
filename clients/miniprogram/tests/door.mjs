// A door that answers as it is told to, over a real socket: what pages do with an answer is tried against it.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Stage } from "./stage.mjs";

export const DIST = process.env.RUFA_MINIPROGRAM;
export const ours = createRequire(join(DIST, "app.js"));

/** What a token says of whom it belongs to. */
const BEARER = `x.${Buffer.from(JSON.stringify({ sub: "p-1" })).toString("base64url")}.x`;
const SESSION = {
  accessToken: BEARER,
  accessExpiresAt: "2099-01-01T00:00:00Z",
  refreshToken: "r",
  refreshExpiresAt: "2099-01-01T00:00:00Z",
  isRemembered: false,
};

/** Plays the mini-program against answers: the name of a document → its data, or what makes them of the variables. */
export async function play(answers, { signedIn = false, ...options } = {}) {
  const names = Object.fromEntries(Object.values(ours("./client/generated/documents.js")).map(({ id, name }) => [id, name]));
  const asked = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      const { documentId, variables } = JSON.parse(body);
      const name = names[documentId];
      asked.push({ name, variables });
      const answer = typeof answers[name] === "function" ? answers[name](variables) : answers[name];
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(answer?.errors ? answer : answer ? { data: answer } : refused(`no ${name} here`)));
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  server.unref();
  const storage = new Map(signedIn ? [["rufa:session", JSON.stringify(SESSION)]] : []);
  const stage = new Stage(DIST, { address: `http://127.0.0.1:${server.address().port}`, storage, ...options });
  return { stage, asked, answers, named: (name) => asked.filter((one) => one.name === name), end: () => server.close() };
}

/** An answer that is none, as the door writes it. */
export function refused(text, code = "odd", status = 409, reference = null) {
  return { errors: [{ message: text, extensions: { code, status, text, remedy: "请这样做。", retryable: false, reference } }] };
}

export { SESSION };
