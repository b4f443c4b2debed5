// The hub /live: SignalR's JSON protocol over a WebSocket, and the rules of docs/develop/protocol.md for a room.
import { WebSocket } from 'k6/websockets';
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'k6/timers';
import { Rate, Trend } from 'k6/metrics';
import { base } from './settings.js';
import { cookie, newId } from './people.js';

const END = '\u001e';
const ANSWER_WITHIN = 15000;
const READ_WITHIN = 5000;

/** Joins that ended in the room. */
const joins = new Rate('plenary_joins');

/** From the first request until in, waiting in line included. */
const joinDuration = new Trend('plenary_join_duration', true);

/** From a post until somebody's frame with it. All clocks are this machine's. */
const delivery = new Trend('plenary_delivery', true);

/** @param {number} milliseconds @returns {Promise<void>} */
export const wait = (milliseconds) => new Promise((done) => { setTimeout(() => done(), milliseconds); });

/** What the hub refused, by its code. */
export class Refused extends Error {
  /** @param {string} code @param {any} details */
  constructor(code, details) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** A connection of one person. */
export class Live {
  constructor() {
    /** @type {Map<string, { done: (value: any) => void, failed: (error: Error) => void, late: number }>} */
    this.asked = new Map();
    /** @type {Map<string, Room>} */
    this.rooms = new Map();
    this.next = 1;
    this.closed = false;
    /** @type {WebSocket | null} */
    this.socket = null;
    /** @type {number} */
    this.pings = 0;
  }

  /** Connects as whoever this VU is. @returns {Promise<Live>} */
  static connect() {
    const live = new Live();
    return new Promise((done, failed) => {
      const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/live`, null, { headers: { Cookie: cookie() } });
      live.socket = socket;
      let ready = false;
      socket.onopen = () => socket.send(`{"protocol":"json","version":1}${END}`);
      socket.onmessage = (event) => {
        for (const text of String(event?.data).split(END)) {
          if (text === '') continue;
          const message = JSON.parse(text);
          if (ready) live.hear(message);
          else if (message.error) failed(new Error(message.error));
          else {
            ready = true;
            live.pings = setInterval(() => socket.send(`{"type":6}${END}`), 15000);
            done(live);
          }
        }
      };
      socket.onerror = (event) => failed(new Error(String(event?.error)));
      socket.onclose = () => live.end(failed);
    });
  }

  /**
   * Calls a method of the hub.
   * @param {string} target
   * @param {...unknown} args
   * @returns {Promise<any>}
   */
  invoke(target, ...args) {
    const invocationId = String(this.next++);
    return new Promise((done, failed) => {
      if (this.closed || !this.socket) return failed(new Error('the connection is closed'));
      // Cleared when it is answered: a timer that waits keeps the iteration from ending.
      const late = setTimeout(() => this.answer(invocationId)?.failed(new Error(`${target} was not answered`)), ANSWER_WITHIN);
      this.asked.set(invocationId, { done, failed, late });
      this.socket.send(JSON.stringify({ type: 1, invocationId, target, arguments: args }) + END);
    });
  }

  /**
   * Enters a room, waiting in line as long as it takes.
   * @param {string} id
   * @param {number} [after] the last number that one holds
   * @returns {Promise<Room>}
   */
  async join(id, after) {
    const began = Date.now();
    const room = this.rooms.get(id) ?? new Room(this, id);
    this.rooms.set(id, room);
    let ticket = '';
    for (;;) {
      try {
        const joined = await this.invoke('Join', { room: id, after: after ?? null, ticket: ticket || null });
        joins.add(true);
        joinDuration.add(Date.now() - began);
        room.begin(joined);
        return room;
      } catch (error) {
        if (!(error instanceof Refused) || error.code !== 'queued') {
          joins.add(false);
          throw error;
        }
        ticket = error.details.ticket;
        await wait(1000 * Math.min(error.details.seconds, 15));
      }
    }
  }

  close() {
    this.socket?.close();
  }

  /** @param {any} message one message of the hub */
  hear(message) {
    if (message.type === 3) {
      const asked = this.answer(message.invocationId);
      if (message.error) asked?.failed(refusal(message.error));
      else asked?.done(message.result);
    } else if (message.type === 1 && message.target === 'Frame') this.rooms.get(message.arguments[0].room)?.take(message.arguments[0]);
    else if (message.type === 7) this.close();
  }

  /** Takes the call that was answered. @param {string} invocationId */
  answer(invocationId) {
    const asked = this.asked.get(invocationId);
    this.asked.delete(invocationId);
    if (asked) clearTimeout(asked.late);
    return asked;
  }

  /** @param {(error: Error) => void} failed */
  end(failed) {
    this.closed = true;
    clearInterval(this.pings);
    const gone = new Error('the connection was closed');
    failed(gone);
    for (const id of [...this.asked.keys()]) this.answer(id)?.failed(gone);
  }
}

/** A room that one is in. Numbers are checked as a client does: no gap, nothing twice. */
export class Room {
  /** @param {Live} live @param {string} id */
  constructor(live, id) {
    this.live = live;
    this.id = id;
    this.seq = -1;
    this.gaps = 0;
    /** @type {any} */
    this.stage = null;
    /** @type {any[]} frames that came before the answer to Join */
    this.early = [];
    /** @type {Map<string, () => void>} */
    this.awaited = new Map();
  }

  /** @param {any} joined */
  begin(joined) {
    this.seq = joined.seq;
    this.stage = joined.stage;
    const early = this.early;
    this.early = [];
    for (const frame of early) this.take(frame);
  }

  /** @param {any} frame */
  take(frame) {
    if (this.seq < 0) {
      this.early.push(frame);
      return;
    }
    if (frame.prev > this.seq) this.gaps++;
    for (const entry of frame.entries ?? []) {
      if (entry.seq <= this.seq) continue;
      if (entry.kind === 'stage') this.stage = entry.stage;
      const sent = /^k6 (\d+)/.exec(entry.text ?? '');
      if (sent) delivery.add(Date.now() - Number(sent[1]));
      this.awaited.get(entry.id)?.();
    }
    this.seq = Math.max(this.seq, frame.seq);
  }

  /** Posts, and answers when it is durable and one has read it oneself. @param {string} text */
  async post(text) {
    const id = newId();
    /** @type {Promise<boolean>} */
    const read = new Promise((done) => {
      const late = setTimeout(() => done(false), READ_WITHIN);
      this.awaited.set(id, () => {
        clearTimeout(late);
        done(true);
      });
    });
    try {
      await this.live.invoke('Post', { room: this.id, id, text: `k6 ${Date.now()} ${text}` });
    } catch (error) {
      this.awaited.get(id)?.();
      throw error;
    }
    const came = await read;
    this.awaited.delete(id);
    return came;
  }
}

/** Refusals are JSON behind a sentence of SignalR. @param {string} error */
function refusal(error) {
  const begins = error.indexOf('{');
  if (begins < 0) return new Error(error);
  const details = JSON.parse(error.slice(begins));
  return new Refused(details.code, details);
}
