// The schema of hashicorp/aws, as far as the npm package @cdktn/provider-aws still tells it: every resource, data source, block
// and argument with its type, whether it must be given, and whether AWS fills it in. Not in it: rules about values (lengths, enumerations,
// arguments that exclude each other).
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { describe } from "./bindings.mjs";

const bindings = path.dirname(createRequire(import.meta.url).resolve("@cdktn/provider-aws/package.json"));

/** The version of the package, which says which provider it was made from. */
export const version = JSON.parse(fs.readFileSync(path.join(bindings, "package.json"), "utf8")).version;

function derive() {
  const schema = { provider: null, resources: {}, data: {} };
  const library = path.join(bindings, "lib");
  for (const folder of fs.readdirSync(library)) {
    const file = path.join(library, folder, "index.js");
    if (!fs.existsSync(file)) continue;
    for (const { kind, name, block } of describe(fs.readFileSync(file, "utf8"))) {
      if (kind === "provider") schema.provider = block;
      else schema[kind === "data" ? "data" : "resources"][name] = block;
    }
  }
  return schema;
}

/** The schema; derived once per version of the package, which takes some seconds, and kept in a folder. */
export function awsSchema(folder) {
  const kept = path.join(folder, `aws-${version}.json`);
  if (fs.existsSync(kept)) return JSON.parse(fs.readFileSync(kept, "utf8"));
  const schema = derive();
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${kept}.${process.pid}`, JSON.stringify(schema));
  fs.renameSync(`${kept}.${process.pid}`, kept); // another process never reads half of it
  return schema;
}
