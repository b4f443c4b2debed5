import Socket from 'ws';
import { begin } from './pending.mjs';
import { sample } from './metrics.mjs';

/** k6/websockets, as far as the scripts use it. */
export class WebSocket {
  constructor(url, _, params = {}) {
    const end = begin(`a socket to ${new URL(url).pathname}`);
    sample('ws_sessions', 1);
    this.socket = new Socket(url, [], { headers: params?.headers });
    this.url = url;
    this.socket.on('open', () => this.onopen?.());
    this.socket.on('message', (data, binary) => this.onmessage?.({ type: 'message', data: binary ? new Uint8Array(data).buffer : String(data) }));
    this.socket.on('error', (error) => this.onerror?.({ type: 'error', error: String(error) }));
    this.socket.on('close', () => {
      end();
      this.onclose?.();
    });
  }

  get readyState() {
    return this.socket.readyState;
  }

  get bufferedAmount() {
    return this.socket.bufferedAmount;
  }

  send(data) {
    if (this.readyState === 1) this.socket.send(data); // as k6: what is sent to a closed socket is lost
  }

  close(code, reason) {
    this.socket.close(code, reason);
  }
}
