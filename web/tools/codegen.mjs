// Turns the .graphql files beside the pages into src/gql/graphql.ts (types, and documents that are only an id) and
// src/gql/persisted-documents.json (id → text), which the server reads at start. Texts never reach the browser.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildSchema, Kind, parse, print, Source, validate, visit } from "graphql";

const source = fileURLToPath(new URL("../src", import.meta.url));
const output = join(source, "gql");
const schema = buildSchema(await readFile(new URL("../../src/Plenary/schema.graphql", import.meta.url), "utf8"));

const files = (await readdir(source, { recursive: true })).filter((file) => file.endsWith(".graphql")).sort();
const parsed = await Promise.all(
  files.map(async (file) => parse(new Source(await readFile(join(source, file), "utf8"), `src/${file}`))),
);

/** The page cache tells results apart by their types, so every selection asks for its type's name. */
const named = visit(
  { kind: Kind.DOCUMENT, definitions: parsed.flatMap((document) => document.definitions) },
  {
    SelectionSet(node, _key, parent) {
      const asked = node.selections.some((s) => s.kind === Kind.FIELD && s.name.value === "__typename");
      if (asked || parent?.kind === Kind.OPERATION_DEFINITION) return undefined;
      const field = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };
      return { ...node, selections: [field, ...node.selections] };
    },
  },
);

const errors = validate(schema, named);
if (errors.length > 0) {
  for (const error of errors) process.stderr.write(`${error.toString()}\n\n`);
  process.exit(1);
}

const fragments = new Map(
  named.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]),
);

/** An operation with exactly the fragments it reaches. */
function textOf(operation) {
  const reached = new Set();
  const reach = (node) =>
    visit(node, {
      FragmentSpread({ name }) {
        if (reached.has(name.value)) return;
        reached.add(name.value);
        reach(fragments.get(name.value));
      },
    });
  reach(operation);
  return [operation, ...[...reached].sort().map((name) => fragments.get(name))].map(print).join("\n\n");
}

const persisted = {};
const documents = [];
for (const operation of named.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION)) {
  const text = textOf(operation);
  const id = createHash("sha256").update(text).digest("hex");
  persisted[id] = text;
  const name = operation.name.value;
  const type = `${name}${operation.operation[0].toUpperCase()}${operation.operation.slice(1)}`;
  documents.push(
    `export const ${name}Document = { kind: "Document", definitions: ${operation.operation}Kind, documentId: "${id}" } as unknown as PersistedDocument<${type}, ${type}Variables>;`,
  );
}

const types = await codegen({
  schema: parse(await readFile(new URL("../../src/Plenary/schema.graphql", import.meta.url), "utf8")),
  documents: [{ location: "src", document: named }],
  filename: "graphql.ts",
  config: {},
  plugins: [
    {
      operations: {
        enumType: "string-literal",
        enumsAsTypes: true,
        useTypeImports: true,
        skipTypename: true,
        defaultScalarType: "string",
        scalars: { DateTimeOffset: "string", ID: "string" },
        avoidOptionals: false,
      },
    },
  ],
  pluginMap: { operations },
});

await mkdir(output, { recursive: true });
await writeFile(join(output, "persisted-documents.json"), `${JSON.stringify(persisted, null, 1)}\n`);
await writeFile(
  join(output, "graphql.ts"),
  `import type { TypedDocumentNode } from "@graphql-typed-document-node/core";

/** A document the server knows by its id; the text stayed at build time. */
export type PersistedDocument<Result, Variables> = TypedDocumentNode<Result, Variables> & { documentId: string };

/** All the cache must know of a document besides its id: whether it reads or changes. */
const definitionOf = (operation: "query" | "mutation") => [
  { kind: "OperationDefinition", operation, selectionSet: { kind: "SelectionSet", selections: [] } },
];
const queryKind = definitionOf("query");
const mutationKind = definitionOf("mutation");

${types}
${documents.join("\n\n")}
`,
);
process.stdout.write(`${documents.length} documents\n`);
