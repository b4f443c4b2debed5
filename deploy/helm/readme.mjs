// Makes the table of a chart's README.md of the comments in its values.yaml, so that the two cannot differ:
//   node deploy/helm/readme.mjs [--write] [chart folder …]
// Without --write it says which tables are old, and ends with 1. A value without a comment is a mistake.
import { readFileSync, writeFileSync, readdirSync, existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const write = process.argv.includes("--write");
const named = process.argv.slice(2).filter((a) => a !== "--write");
const charts = named.length ? named.map((n) => resolve(n)) : readdirSync(here).map((n) => join(here, n)).filter((f) => existsSync(join(f, "values.yaml")));
const [begin, end] = ["<!-- values -->", "<!-- /values -->"];

/** Rows of [path, default, meaning]: keys with a comment right above them, in the order of the file. */
function rows(yaml, file) {
  const found = [];
  const path = []; // [indentation, key] of the keys around a line
  let comment = [];
  let covered = null; // indentation of a documented key whose inner keys need no comment
  let open = null; // a key whose value follows on deeper lines
  for (const [number, line] of yaml.split("\n").entries()) {
    const text = /^\s*#\s?(.*)$/.exec(line);
    if (text) { comment.push(text[1]); continue; }
    const key = /^(\s*)([A-Za-z][\w.-]*):(?:\s+(.*))?$/.exec(line);
    if (!key) { comment = []; continue; }
    const [, space, name, value = ""] = key;
    const depth = space.length;
    if (covered !== null && depth > covered) { open.inner = true; comment = []; continue; }
    covered = null;
    while (path.length && path.at(-1)[0] >= depth) path.pop();
    path.push([depth, name]);
    const full = path.map(([, part]) => part).join(".");
    if (comment.length) {
      open = { full, value, meaning: comment.join(" ").trim(), inner: false };
      found.push(open);
      covered = depth;
    } else if (value) throw new Error(`${file}:${number + 1}: ${full} has no comment`);
    comment = [];
  }
  return found.map(({ full, value, meaning, inner }) => [full, inner || value === "" ? "see `values.yaml`" : `\`${value}\``, meaning]);
}

const cell = (text) => text.replaceAll("|", "\\|");
let old = 0;
for (const chart of charts) {
  const [values, readme] = [join(chart, "values.yaml"), join(chart, "README.md")];
  const lines = rows(readFileSync(values, "utf8"), values).map(([key, value, meaning]) => `| \`${key}\` | ${cell(value)} | ${cell(meaning)} |`);
  const table = [begin, "| Value | Default | Meaning |", "|---|---|---|", ...lines, end].join("\n");
  const before = readFileSync(readme, "utf8");
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${readme} has no place for the table: ${begin} … ${end}`);
  const after = before.slice(0, from) + table + before.slice(to + end.length);
  if (after === before) continue;
  if (write) writeFileSync(readme, after);
  else { old++; console.error(`${readme} is not what values.yaml says: node deploy/helm/readme.mjs --write`); }
}
process.exit(old ? 1 : 0);
