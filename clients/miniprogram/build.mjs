// Makes the package WeChat's tools open: `node build.mjs` writes dist/. Types are checked on the way; a fault stops it.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = process.argv[2] ?? join(HERE, "dist");
const MADE = join(DIST, ".made");
const OURS = "miniprogram/src";
const CLIENT = "typescript/src";

/** Compiles strictly; what the compiler says is what is said here. */
function compile() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const said = spawnSync(process.execPath, [tsc, "-p", HERE, "--outDir", MADE], { encoding: "utf8" });
  if (said.status !== 0) {
    process.stderr.write(said.stdout + said.stderr);
    process.exit(1);
  }
}

/** Gives every file below a folder. */
function files(folder) {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
}

/** The client lies outside the package's root, where WeChat finds nothing: it moves to client/. */
function mendPaths() {
  for (const path of files(DIST).filter((name) => name.endsWith(".js"))) {
    const toClient = relative(dirname(path), join(DIST, "client")).replaceAll("\\", "/");
    const text = readFileSync(path, "utf8").replace(/require\("[./]*\/typescript\/src\//g, `require("./${toClient}/`);
    writeFileSync(path, text);
  }
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(MADE, { recursive: true });
compile();
cpSync(join(MADE, OURS), DIST, { recursive: true });
renameSync(join(MADE, CLIENT), join(DIST, "client"));
rmSync(MADE, { recursive: true });
cpSync(join(HERE, "src"), DIST, { recursive: true, filter: (path) => !path.endsWith(".ts") });
mendPaths();
const bytes = files(DIST).reduce((sum, path) => sum + statSync(path).size, 0);
console.log(`${DIST}: ${files(DIST).length} files, ${Math.ceil(bytes / 1024)} KB`);
