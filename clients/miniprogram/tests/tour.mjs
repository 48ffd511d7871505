// Writes pages as a browser shows them: `node tour.mjs DIST ADDRESS FOLDER`, each usual and in 长辈版.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stage } from "./stage.mjs";

const [dist, address, folder] = process.argv.slice(2);
const USUAL = 17;
const LARGE = 24;
const HERE = { latitude: 27.83, longitude: 113.13 };
const PAGES = ["home", "check", "learn", "visit", "hotlines", "signin", "settings", "mine", "messages", "apply"];

mkdirSync(folder, { recursive: true });
for (const [mode, fontSizeSetting] of [["usual", USUAL], ["elder", LARGE]]) {
  const stage = new Stage(dist, { address, fontSizeSetting });
  const keep = (name) => writeFileSync(join(folder, `${name}.${mode}.html`), stage.html());
  const open = async (name, search = "") => {
    await stage.open(`/pages/${name}/${name}${search}`);
    await stage.until(() => stage.data.state !== "loading");
    await stage.settled();
    keep(name);
  };

  for (const name of PAGES) await open(name);
  await open("learn");
  await open("article", `?slug=${stage.data.pages[0].slug}`);
  await open("nearby");
  stage.telephone.set.location = HERE;
  await stage.tap("用我的位置找");
  await stage.until(() => stage.data.places.length > 0);
  keep("nearby");
  const { code } = stage.data.places[0];
  await open("station", `?code=${code}`);
  await open("book", `?station=${code}`);
  await stage.tap(stage.data.services[0].label);
  await stage.until(() => stage.data.open !== null);
  keep("book");
  stage.telephone.network(false);
  await stage.open("/pages/article/article?slug=never-read");
  await stage.until(() => stage.has("连不上网络"));
  keep("offline");
}
process.exit(0);
