// All tests in one process: what they stand on takes longer to load than they take to run.
import { readdirSync } from "node:fs";

for (const name of readdirSync(import.meta.dirname).filter((one) => one.endsWith(".test.mjs"))) await import(`./${name}`);
