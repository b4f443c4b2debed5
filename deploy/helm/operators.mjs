// Prints the Helm commands that install what the charts need on a cluster, at the versions of operators.yaml, for one environment:
//   node deploy/helm/operators.mjs production | bash
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const environment = process.argv[2] ?? "production";
const operators = [];
let lists = null;
for (const line of readFileSync(join(dirname(fileURLToPath(import.meta.url)), "observability/operators.yaml"), "utf8").split("\n")) {
  const text = line.replace(/\s+#.*$/, "");
  const first = /^ {2}- name: (.+)$/.exec(text);
  const member = /^ {4}(\w+): ?(.*)$/.exec(text);
  const item = /^ {6}- (.+)$/.exec(text);
  if (first) operators.push({ name: first[1], set: [] });
  else if (member) {
    const [, key, value] = member;
    lists = value ? null : (operators.at(-1)[key] = []);
    if (value) operators.at(-1)[key] = value.startsWith("[") ? value.slice(1, -1).split(", ").filter(Boolean) : value;
  } else if (item) lists.push(item[1]);
}
const wanted = operators.filter((o) => o.environments.includes(environment));
if (!wanted.length) { console.error(`no operators for “${environment}”`); process.exit(1); }
for (const { name, chart, repository, version, namespace, set } of wanted)
  console.log(["helm upgrade --install", name, chart, "--repo", repository, "--version", version, "--namespace", namespace, "--create-namespace --wait", ...set.map((s) => `--set '${s}'`)].join(" "));
