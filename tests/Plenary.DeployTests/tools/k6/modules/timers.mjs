import { begin } from './pending.mjs';

const timers = new Map();
let next = 1;

export function setTimeout(run, delay, ...args) {
  const id = next++;
  const end = begin(`a timer of ${delay} ms`);
  timers.set(id, { end, stop: globalThis.clearTimeout, timer: globalThis.setTimeout(() => { clear(id); run(...args); }, delay) });
  return id;
}

export function setInterval(run, delay, ...args) {
  const id = next++;
  timers.set(id, { end: begin(`an interval of ${delay} ms`), stop: globalThis.clearInterval, timer: globalThis.setInterval(run, delay, ...args) });
  return id;
}

function clear(id) {
  const known = timers.get(id);
  if (!known) return;
  timers.delete(id);
  known.stop(known.timer);
  known.end();
}

export { clear as clearTimeout, clear as clearInterval };
