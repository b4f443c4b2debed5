// k6/http: calls that return when they are answered, and the cookie jar of the VU.
import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import { sample } from './metrics.mjs';

const flag = new Int32Array(new SharedArrayBuffer(4));
const { port1, port2 } = new MessageChannel();
const worker = new Worker(new URL('./http-worker.mjs', import.meta.url), { workerData: { port: port2, signal: flag.buffer }, transferList: [port2] });
worker.unref();
port1.unref();

/** Cookies by host; scripts speak to one site. */
const jar = new Map();
const of = (url) => jar.get(new URL(url).host) ?? jar.set(new URL(url).host, new Map()).get(new URL(url).host);

function request(method, url, body = null, params = {}) {
  const cookies = [...of(url)].map(([name, value]) => `${name}=${value}`).join('; ');
  const began = performance.now();
  Atomics.store(flag, 0, 0);
  port1.postMessage({ method, url, body, headers: params.headers ?? {}, cookies });
  if (Atomics.wait(flag, 0, 0, 20_000) === 'timed-out') throw new Error(`${method} ${url} was not answered`);
  const { status, headers, set, bytes, error } = receiveMessageOnPort(port1).message;
  for (const line of set) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    of(url).set(name, value);
  }
  const duration = performance.now() - began;
  const tags = { ...params.tags, status: String(status) };
  sample('http_req_duration', duration, tags);
  sample('http_req_failed', status === 0 || status >= 400, tags);
  sample('http_reqs', 1, tags);
  const text = params.responseType === 'binary' ? null : new TextDecoder().decode(bytes);
  return { status, headers, error: error ?? '', body: text ?? bytes, timings: { duration }, json: () => JSON.parse(text) };
}

const http = {
  request,
  get: (url, params) => request('GET', url, null, params),
  post: (url, body, params) => request('POST', url, body, params),
  put: (url, body, params) => request('PUT', url, body, params),
  del: (url, body, params) => request('DELETE', url, body, params),
  cookieJar: () => ({ cookiesForURL: (url) => Object.fromEntries([...of(url)].map(([name, value]) => [name, [value]])) }),
};
export default http;
export const { get, post, put, del, cookieJar } = http;
export { request };
