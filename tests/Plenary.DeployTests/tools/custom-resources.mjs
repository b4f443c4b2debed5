// Checks custom resources, a JSON list on the standard input, against the published models of their operators: required members, types
// and enumerations by the models' own validators, members that do not exist by TypeScript. Prints a JSON list of what is wrong.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = {
  "keda.sh": "keda",
  "cert-manager.io": "cert-manager",
  "monitoring.coreos.com": "prometheus-operator",
  "external-secrets.io": "external-secrets",
  "networking.istio.io": "istio",
  "karpenter.sh": "karpenter",
  "karpenter.k8s.aws": "karpenter",
  "gateway.networking.k8s.io": "gateway-api",
};
// ECK publishes no model: of its kinds the members of spec, from its reference, and which of them it cannot do without.
const eck = {
  Elasticsearch: [["version", "nodeSets"], ["image", "http", "transport", "updateStrategy", "podDisruptionBudget", "auth", "secureSettings", "serviceAccountName", "remoteClusters", "remoteClusterServer", "volumeClaimDeletePolicy", "monitoring", "revisionHistoryLimit"]],
  Kibana: [["version", "count"], ["image", "elasticsearchRef", "enterpriseSearchRef", "config", "http", "podTemplate", "revisionHistoryLimit", "secureSettings", "serviceAccountName", "monitoring"]],
  Beat: [["type", "version"], ["elasticsearchRef", "kibanaRef", "image", "config", "configRef", "secureSettings", "serviceAccountName", "daemonSet", "deployment", "monitoring", "revisionHistoryLimit"]],
};
const here = dirname(fileURLToPath(import.meta.url));
const resources = JSON.parse(readFileSync(0, "utf8"));
const wrong = [];
const known = [];
for (const resource of resources) {
  const [group] = resource.apiVersion.split("/");
  const called = `${resource.kind} ${resource.metadata?.name}`;
  if (group.endsWith(".k8s.elastic.co") && eck[resource.kind]) {
    const [needed, more] = eck[resource.kind];
    for (const member of needed) if (!(member in resource.spec)) wrong.push(`${called}: must have ${member}`);
    for (const member of Object.keys(resource.spec)) if (![...needed, ...more].includes(member)) wrong.push(`${called}: ${member} does not exist`);
    continue;
  }
  if (!packages[group]) { wrong.push(`${called}: no model of ${resource.apiVersion}`); continue; }
  // The model takes the claim's own kind for a required member; the operator's definition does not.
  const claim = resource.kind === "Alertmanager" && resource.spec.storage?.volumeClaimTemplate;
  if (claim) Object.assign(claim, { apiVersion: "monitoring.coreos.com/v1", kind: "EmbeddedPersistentVolumeClaim" });
  const path = `@kubernetes-models/${packages[group]}/${resource.apiVersion}/${resource.kind}`;
  let model;
  try { model = (await import(path))[resource.kind]; } catch { wrong.push(`${called}: no model of ${resource.apiVersion} ${resource.kind}`); continue; }
  try { new model(resource).validate(); } catch (error) { wrong.push(`${called}: ${error.message}`); }
  known.push({ called, path, resource });
}

// A literal with a member that its type does not have does not compile. In this folder, so that the models are found.
const folder = mkdtempSync(join(here, "literals-"));
try {
  const file = join(folder, "resources.ts");
  const starts = [];
  const lines = [];
  for (const [i, { path, resource }] of known.entries()) {
    starts.push(lines.length);
    lines.push(`import type { I${resource.kind} as T${i} } from "${path}";`, ...`export const r${i}: T${i} = ${JSON.stringify(resource, null, 1)};`.split("\n"));
  }
  writeFileSync(file, lines.join("\n"));
  try {
    execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022", "--types", "", file], { cwd: folder, encoding: "utf8" });
  } catch (error) {
    const told = [...`${error.stdout}`.matchAll(/resources\.ts[(:](\d+)[,:]\d+\)?.*?error (.*)/g)];
    if (!told.length) throw error;
    for (const [, line, message] of told) wrong.push(`${known[starts.findLastIndex((s) => s < Number(line))].called}: ${message}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify(wrong, null, 1));
