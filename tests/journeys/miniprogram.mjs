// The mini-program, played: each line of standard input is something somebody does, each line out what they see then.
import { createInterface } from "node:readline";

const { STAGE, DIST, RUFA } = process.env;
const { Stage } = await import(STAGE);
const stage = new Stage(DIST, { address: RUFA });
const { telephone } = stage;

const can = {
  photos: (...paths) => void telephone.set.photos.push(...paths),
  network: (online) => void telephone.network(online),
  logins: (code) => void (telephone.set.login = () => code),
  allows: (answers) => void (telephone.set.consent = (ids) => Object.fromEntries(ids.map((id) => [id, answers]))),
  stands: (location) => void (telephone.set.location = location),
  restart: () => stage.start(),
  until: (words) => stage.until(() => stage.has(words), words),
  opens: (route) => stage.until(() => stage.route === `pages/${route}/${route}`, route),
  times: (words, count) => stage.until(() => stage.text.split(words).length - 1 === count, `${count} times ${words}`),
  seen: () => telephone.seen,
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...given] = JSON.parse(line);
  try {
    const came = await (can[name] ?? stage[name].bind(stage))(...given);
    await stage.settled();
    const shown = { came: name === "seen" ? came : null, route: stage.route, text: stage.top ? stage.text : "" };
    process.stdout.write(`${JSON.stringify(shown)}\n`);
  } catch (fault) {
    process.stdout.write(`${JSON.stringify({ thrown: `${name} ${given}: ${fault.stack}` })}\n`);
  }
}
