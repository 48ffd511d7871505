// A telephone with the client on it: each line of standard input is something to do, each line out what came of it.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const { RUFA, RUFA_CLIENT, DEVICE } = process.env;
const { bytesSource, documents, fetchTransport, Rufa } = await import(`${RUFA_CLIENT}/index.js`);

/** Keeps each thing in a file, whole or not at all: what the storage of a telephone does. */
function diskStorage(folder) {
  mkdirSync(folder, { recursive: true });
  const place = (name) => join(folder, encodeURIComponent(name));
  return {
    get: async (name) => (existsSync(place(name)) ? readFileSync(place(name), "utf8") : null),
    set: async (name, value) => {
      writeFileSync(`${place(name)}~`, value);
      renameSync(`${place(name)}~`, place(name));
    },
    remove: async (name) => rmSync(place(name), { force: true }),
    names: async () => readdirSync(folder).filter((name) => !name.endsWith("~")).map(decodeURIComponent),
  };
}

let skipped = 0;
const rufa = new Rufa({
  transport: fetchTransport(RUFA),
  storage: diskStorage(DEVICE),
  platform: { now: () => Date.now() + skipped },
  patience: { tries: 6, timeoutMs: 60_000, firstWaitMs: 20, longestWaitMs: 200 },
});
const file = (path) => bytesSource(path.split("/").pop(), new Uint8Array(readFileSync(path)));

const can = {
  start: () => rufa.start(),
  ask: (name, variables, how) => rufa.ask(documents[name], variables, how),
  do: (name, given) => rufa.do(documents[name], given),
  sendCode: (phone) => rufa.sendCode(phone),
  signIn: (request, code) => rufa.signIn(request, code, "试用手机"),
  signOut: () => rufa.signOut(),
  state: () => rufa.session.ready().then(() => rufa.session.state),
  add: (name, given, wish) => rufa.queue.add(documents[name], given, wish),
  forward: (name) =>
    rufa.queue.know(documents[name], { next: ({ draft }, { input }) => ({ input: { ...input, baseVersion: draft.version } }) }),
  flush: () => rufa.queue.flush().then(() => rufa.queue.all()),
  waiting: () => rufa.queue.all(),
  send: (path, wish) => rufa.uploads.send(file(path), wish),
  pending: () => rufa.uploads.pending(),
  resume: (one, path) => rufa.uploads.resume(one, file(path)),
  cancel: (id) => rufa.uploads.cancel(id),
  fetch: (path) => rufa.kept.fetch(path),
  skip: (minutes) => void (skipped += minutes * 60_000),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...given] = JSON.parse(line);
  const came = await Promise.resolve(can[name](...given)).catch((fault) => ({ thrown: String(fault.stack) }));
  process.stdout.write(`${JSON.stringify(came ?? null)}\n`);
}
