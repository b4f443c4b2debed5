// Does the requests while the script's own thread stands still, as k6's calls do.
import { workerData } from 'node:worker_threads';

const { port, signal } = workerData;
const flag = new Int32Array(signal);

port.on('message', async ({ method, url, body, headers, cookies }) => {
  let answer;
  try {
    const response = await fetch(url, { method, body, headers: { ...headers, ...(cookies ? { Cookie: cookies } : {}) }, signal: AbortSignal.timeout(15_000) });
    answer = { status: response.status, headers: Object.fromEntries(response.headers), set: response.headers.getSetCookie(), bytes: await response.arrayBuffer() };
  } catch (error) {
    answer = { status: 0, headers: {}, set: [], bytes: new ArrayBuffer(0), error: String(error?.cause ?? error) };
  }
  port.postMessage(answer);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});
