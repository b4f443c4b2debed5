// What a script of deploy/k6 may import: k6's own modules, which are stood in for here, and its neighbours. k6 loads no packages, and nothing is fetched.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const modules = { k6: 'k6', 'k6/http': 'http', 'k6/websockets': 'websockets', 'k6/metrics': 'metrics', 'k6/data': 'data', 'k6/execution': 'execution', 'k6/timers': 'timers' };
let scripts = '';

export const initialize = (data) => {
  scripts = data.scripts;
};

export async function resolve(specifier, context, next) {
  if (!context.parentURL?.startsWith(scripts)) return next(specifier, context);
  if (modules[specifier]) return { url: new URL(`./modules/${modules[specifier]}.mjs`, import.meta.url).href, shortCircuit: true };
  const url = /^\.\.?\//.test(specifier) ? new URL(specifier, context.parentURL).href : '';
  if (!url.startsWith(scripts)) throw new Error(`“${specifier}” may not be imported by ${context.parentURL.slice(scripts.length)}: only k6's modules and files of deploy/k6`);
  return { url, shortCircuit: true };
}

export async function load(url, context, next) {
  if (!url.startsWith(scripts)) return next(url, context);
  return { format: 'module', source: await readFile(fileURLToPath(url)), shortCircuit: true };
}
