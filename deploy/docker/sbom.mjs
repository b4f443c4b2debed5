// The software bill of materials of the image: CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/), from what NuGet restored and what npm locked.
//   node sbom.mjs project.assets.json package-lock.json <version>
// The same input gives the same bytes: there is neither a time nor a random number in it.
import { readFileSync } from 'node:fs';

const [assetsFile, lockFile, version] = process.argv.slice(2);
if (!version) {
  console.error('sbom.mjs project.assets.json package-lock.json <version>');
  process.exit(2);
}
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const hex = (base64) => Buffer.from(base64, 'base64').toString('hex');

/** NuGet packages that the program runs on; those that only help to build it are left out by their empty targets. */
function nuget(assets) {
  const targets = Object.values(assets.targets);
  const runs = (id) => targets.some((target) => target[id] && ['runtime', 'native', 'runtimeTargets', 'resource'].some((kind) => Object.keys(target[id][kind] ?? {}).some((file) => !file.endsWith('/_._'))));
  return Object.entries(assets.libraries)
    .filter(([id, library]) => library.type === 'package' && runs(id))
    .map(([id, library]) => {
      const [name, number] = id.split('/');
      const dependencies = Object.assign({}, ...targets.map((target) => target[id]?.dependencies ?? {}));
      return { ref: `pkg:nuget/${name}@${number}`, name, version: number, algorithm: 'SHA-512', hash: hex(library.sha512), needs: Object.keys(dependencies) };
    });
}

/** npm packages that end up in what browsers are sent. */
function npm(lock) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path && !entry.dev && !entry.link && !entry.devOptional)
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const [algorithm, digest] = (entry.integrity ?? '').split(' ')[0].split(/-(.*)/s);
      const purl = `pkg:npm/${name.replace('@', '%40')}@${entry.version}`;
      return { ref: purl, name, version: entry.version, license: entry.license, algorithm: algorithm === 'sha512' ? 'SHA-512' : 'SHA-1', hash: digest && hex(digest), needs: Object.keys(entry.dependencies ?? {}) };
    });
}

const byRef = (list) => [...new Map(list.map((one) => [one.ref, one])).values()].sort((a, b) => (a.ref < b.ref ? -1 : 1));
const families = [byRef(nuget(read(assetsFile))), byRef(npm(read(lockFile)))];
const root = { type: 'application', 'bom-ref': 'plenary', name: 'plenary', version };
const dependencies = families.flatMap((family) => {
  const named = new Map(family.map((one) => [one.name.toLowerCase(), one.ref]));
  return family.map((one) => ({ ref: one.ref, dependsOn: [...new Set(one.needs.map((name) => named.get(name.toLowerCase())).filter(Boolean))].sort() }));
});
console.log(JSON.stringify({
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: root },
  components: families.flat().map((one) => ({
    type: 'library',
    'bom-ref': one.ref,
    name: one.name,
    version: one.version,
    purl: one.ref,
    ...(one.hash && { hashes: [{ alg: one.algorithm, content: one.hash }] }),
    ...(one.license && { licenses: [/[ ()]/.test(one.license) ? { expression: one.license } : { license: { name: one.license } }] }),
  })),
  dependencies: [{ ref: 'plenary', dependsOn: families.flat().map((one) => one.ref).sort() }, ...dependencies],
}, null, 2));
