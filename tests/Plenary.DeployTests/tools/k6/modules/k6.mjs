import { sample } from './metrics.mjs';

export const failures = [];

export function check(value, sets) {
  let all = true;
  for (const [name, holds] of Object.entries(sets)) {
    const ok = Boolean(holds(value));
    sample('checks', ok, { check: name });
    if (!ok) {
      all = false;
      failures.push(name);
    }
  }
  return all;
}

export const group = (_, run) => run();
export const fail = (message) => { throw new Error(message); };
export const sleep = (seconds) => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000); };
export default { check, group, fail, sleep };
