// One pass of a k6 script without k6: each scenario's function once, in a process of its own as VUs are, against BASE. Usage: node run.mjs <deploy/k6> <script>
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const LONGEST = 25_000;
const [folder, path, only] = process.argv.slice(2);
const scripts = pathToFileURL(`${resolve(folder)}/`).href;
register('./hooks.mjs', import.meta.url, { data: { scripts } });

globalThis.__ENV = { ...process.env };
globalThis.__VU = only ? Number(process.env.K6_VU) : 0;
globalThis.__ITER = 0;
let initializing = true;
globalThis.open = (name, mode) => {
  if (!initializing) throw new Error('open() may be called at the beginning only');
  const bytes = readFileSync(resolve(dirname(path), name));
  return mode === 'b' ? new Uint8Array(bytes).buffer : bytes.toString();
};

const script = await import(pathToFileURL(resolve(path)).href);
initializing = false;
const { collected } = await import('./modules/metrics.mjs');
const { failures } = await import('./modules/k6.mjs');
const { ended } = await import('./modules/pending.mjs');
const { judge } = await import('./thresholds.mjs');

if (only) await oneVU();
else await wholeRun();

async function oneVU() {
  let error = '';
  const { data } = await new Promise((done) => process.once('message', done));
  try {
    await script[only](data);
    const left = await ended(LONGEST / 2);
    if (left.length > 0) error = `left open: ${left.join(', ')}`;
  } catch (thrown) {
    error = String(thrown?.stack ?? thrown);
  }
  process.send({ error, failures, metrics: [...collected] }, () => process.exit(0));
}

async function wholeRun() {
  const scenarios = Object.entries(script.options?.scenarios ?? {});
  const wrong = scenarios.length === 0 ? ['there is no scenario'] : [];
  for (const [name, scenario] of scenarios)
    if (typeof script[scenario.exec] !== 'function') wrong.push(`${name}: its exec “${scenario.exec}” is not exported`);
  if (wrong.length === 0) {
    const data = JSON.parse(JSON.stringify((await script.setup?.()) ?? null));
    const results = await Promise.all(scenarios.map(([name, scenario], number) => pass(name, scenario.exec, number + 1, data)));
    await script.teardown?.(data);
    for (const { name, error, failures: failed, metrics } of results) {
      if (error) wrong.push(`${name}: ${error}`);
      wrong.push(...failed.map((check) => `${name}: check failed: ${check}`));
      for (const [metric, { kind, samples }] of metrics ?? [])
        (collected.get(metric) ?? collected.set(metric, { kind, samples: [] }).get(metric)).samples.push(...samples);
    }
    wrong.push(...judge(script.options.thresholds, collected));
  }
  for (const each of wrong) console.error(each);
  console.log(`${scenarios.length} scenarios, ${collected.get('checks').samples.length} checks, ${wrong.length} wrong`);
  process.exit(wrong.length > 0 ? 1 : 0);
}

/** @returns what the process of one VU found */
function pass(name, exec, number, data) {
  return new Promise((done) => {
    const vu = fork(fileURLToPath(import.meta.url), [folder, path, exec], { env: { ...process.env, K6_VU: String(Number(process.env.K6_VU ?? 0) * 10 + number), K6_SCENARIO: name } });
    const late = setTimeout(() => vu.kill('SIGKILL'), LONGEST);
    let told = null;
    vu.on('message', (message) => { told = message; });
    vu.on('exit', (code) => {
      clearTimeout(late);
      done({ name, ...(told ?? { error: `ended with ${code} without a word`, failures: [], metrics: [] }) });
    });
    vu.send({ data });
  });
}
