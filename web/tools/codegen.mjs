// Turns the .graphql files beside the pages into src/gql/graphql.ts (types, and documents that are only an id) and
// src/gql/persisted-documents.json (id → text), which the server reads at start. Texts never reach the browser.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
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
  const kind = operation.operation;
  documents.push({
    id,
    kind,
    name: operation.name.value,
    type: operation.name.value + kind[0].toUpperCase() + kind.slice(1),
  });
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

// One module per document: a page's chunk then carries the ids of its own documents and no others.
await rm(output, { recursive: true, force: true });
await mkdir(join(output, "documents"), { recursive: true });
await writeFile(join(output, "persisted-documents.json"), `${JSON.stringify(persisted, null, 1)}\n`);
await writeFile(
  join(output, "PersistedDocument.ts"),
  `import type { TypedDocumentNode } from "@graphql-typed-document-node/core";

/** A document the server knows by its id; the text stayed at build time. */
export type PersistedDocument<Result, Variables> = TypedDocumentNode<Result, Variables> & { documentId: string };
`,
);
for (const { id, kind, name, type } of documents) {
  // All the cache must know of a document besides its id is whether it reads or changes.
  await writeFile(
    join(output, "documents", `${name}.ts`),
    `import type { ${type}, ${type}Variables } from "../graphql.ts";
import type { PersistedDocument } from "../PersistedDocument.ts";

export const ${name}Document = {
  kind: "Document",
  definitions: [{ kind: "OperationDefinition", operation: "${kind}", selectionSet: { kind: "SelectionSet", selections: [] } }],
  documentId: "${id}",
} as unknown as PersistedDocument<${type}, ${type}Variables>;
`,
  );
}
await writeFile(
  join(output, "graphql.ts"),
  `export type { PersistedDocument } from "./PersistedDocument.ts";
${documents.map(({ name }) => `export { ${name}Document } from "./documents/${name}.ts";`).join("\n")}

${types}
`,
);
process.stdout.write(`${documents.length} documents\n`);
