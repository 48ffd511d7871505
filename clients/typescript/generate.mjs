// Writes src/generated from the contract and the documents of the mini-program: `node generate.mjs [--check]`.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import { Kind, OperationTypeNode, parse } from "graphql";

const HERE = dirname(fileURLToPath(import.meta.url));
const CONTRACT = join(HERE, "../../graphql/schema.graphql");
const DOCUMENTS = join(HERE, "../../graphql/operations/miniprogram");
const TARGET = join(HERE, "src/generated");
const MADE = "// Made by generate.mjs from the contract and its documents. Mend those, then: make contract WRITE=1\n";

const SETTINGS = {
  enumsAsTypes: true,
  inlineFragmentTypes: "combine",
  scalars: { Date: "string", DateTime: "string", ID: "string", Time: "string" },
  skipTypename: true,
  strictScalars: true,
  useTypeImports: true,
};

/** Reads every document; its id is the hash of its text, which is what the service knows it by. */
function documents() {
  const files = readdirSync(DOCUMENTS, { recursive: true }).filter((name) => name.endsWith(".graphql"));
  const found = files.map((name) => {
    const text = readFileSync(join(DOCUMENTS, name), "utf8");
    const document = parse(text);
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const isMutation = operation.operation === OperationTypeNode.MUTATION;
    return { name: basename(name, ".graphql"), id: createHash("sha256").update(text).digest("hex"), isMutation, document };
  });
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Writes the types of what goes in and what comes out. */
async function types(read) {
  const text = await codegen({
    schema: parse(readFileSync(CONTRACT, "utf8")),
    documents: read.map(({ name, document }) => ({ location: name, document })),
    filename: "types.ts",
    plugins: [{ operations: {} }],
    pluginMap: { operations },
    config: SETTINGS,
  });
  return `${MADE}${text.trim()}\n`;
}

/** Writes the documents as values: a name, an id, and what their types are. */
function values(read) {
  const lines = read.map(({ name, id, isMutation }) => {
    const kind = isMutation ? "Mutation" : "Query";
    const says = `{ kind: "${kind.toLowerCase()}", name: "${name}", id: "${id}" }`;
    return `export const ${name}: ${kind}<T.${name}${kind}, T.${name}${kind}Variables> = ${says};`;
  });
  const imports = ['import type { Mutation, Query } from "../document.js";', 'import type * as T from "./types.js";'];
  return `${MADE}${imports.join("\n")}\n\n${lines.join("\n")}\n`;
}

const read = documents();
const made = { "types.ts": await types(read), "documents.ts": values(read) };
const stale = Object.entries(made).filter(([name, text]) => {
  const path = join(TARGET, name);
  return !existsSync(path) || readFileSync(path, "utf8") !== text;
});
if (process.argv.includes("--check")) {
  if (stale.length) {
    console.error("The client no longer fits the contract. Look at the difference, then: make contract WRITE=1");
    process.exitCode = 1;
  }
} else {
  for (const [name, text] of stale) writeFileSync(join(TARGET, name), text);
}
