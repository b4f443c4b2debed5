// Somebody speaks, everybody watches: the playlist and its newest segments, as a player asks for them, and what the player reports.
import http from 'k6/http';
import { check } from 'k6';
import { Counter, Rate } from 'k6/metrics';
import { WebSocket } from 'k6/websockets';
import { Live, wait } from '../lib/live.js';
import { graph } from '../lib/graph.js';
import { cookie, enterDemo, newId, signIn, theEvent } from '../lib/people.js';
import { base, clipFile, people, roomSlug, stay } from '../lib/settings.js';
import { thresholds } from '../thresholds.js';

/** Looks at the live picture that found it, of all looks while something was on air. */
const seen = new Rate('plenary_broadcast');
const bytes = new Counter('plenary_broadcast_bytes', true);

const clip = clipFile ? open(clipFile, 'b') : null;

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    ...(clip ? { speak: { executor: 'shared-iterations', exec: 'speak', vus: 1, iterations: 1, maxDuration: '15m' } } : {}),
    watch: { executor: 'per-vu-iterations', exec: 'watch', vus: people, iterations: 1, maxDuration: '15m' },
  },
  thresholds: thresholds(['joins', 'api', 'broadcast']),
};

/** Goes live and sends the clip at the pace at which a recorder would, then ends. */
export async function speak() {
  check(enterDemo('speaker'), { 'speaker signed in': (ok) => ok });
  const room = theEvent().rooms.find((each) => each.slug === roomSlug);
  const live = graph('goLive', 'mutation($room: ID!) { goLive(room: $room) { uploadUrl container broadcast { id } } }', { room: room?.id }).data?.goLive;
  if (!check(live, { 'went live': (answer) => Boolean(answer) }) || !clip) return;
  const all = new Uint8Array(clip);
  const socket = new WebSocket(socketAt(live.uploadUrl), null, { headers: { Cookie: cookie() } });
  let kept = -1;
  socket.onopen = () => socket.send(JSON.stringify({ take: newId(), container: live.container, offset: 0 }));
  socket.onmessage = (event) => {
    const said = JSON.parse(String(event?.data));
    if (said.error) console.error(`upload: ${said.error.code}`);
    else kept = said.offset;
  };
  for (let tries = 0; kept < 0 && tries < 50; tries++) await wait(100);
  const steps = Math.max(1, stay * 4);
  for (let step = 0; step < steps; step++) {
    const part = all.slice(Math.floor((all.length * step) / steps), Math.floor((all.length * (step + 1)) / steps));
    socket.send(part.buffer);
    await wait(250);
  }
  for (let tries = 0; kept < all.length && tries < 50; tries++) await wait(100);
  check(kept, { 'all of it is on disk': (offset) => offset === all.length });
  await wait(1000 * Math.min(stay, 5));
  socket.close(1000);
  graph('endBroadcast', 'mutation($id: ID!) { endBroadcast(id: $id) { id } }', { id: live.broadcast.id });
}

export async function watch() {
  check(signIn(), { 'signed in': (ok) => ok });
  const id = theEvent().rooms.find((each) => each.slug === roomSlug)?.id ?? '';
  const live = await Live.connect();
  try {
    const room = await live.join(id);
    for (let tries = 0; room.stage?.state !== 'live' || !room.stage.playlist; tries++) {
      if (!check(tries, { 'something came on air': (n) => n < 120 })) return;
      await wait(250);
    }
    const folder = room.stage.playlist.slice(0, room.stage.playlist.lastIndexOf('/') + 1);
    let last = '';
    for (let until = Date.now() + 1000 * stay; Date.now() < until && room.stage.state === 'live';) {
      const playlist = http.get(base + room.stage.playlist, { tags: { name: 'playlist' } });
      const newest = String(playlist.body).split('\n').filter((line) => /^[a-z]\d+\.m4s/.test(line)).pop() ?? last;
      const segment = newest && newest !== last ? http.get(base + folder + newest, { responseType: 'binary', tags: { name: 'segment' } }) : null;
      // A stage that went dark meanwhile is no picture that was missed.
      if (room.stage.state === 'live') seen.add(playlist.status === 200 && (segment === null || segment.status === 200));
      if (segment?.body) bytes.add(/** @type {ArrayBuffer} */ (segment.body).byteLength);
      last = newest;
      await live.invoke('Watching', { room: id, latencyMs: 3000, stalled: false });
      await wait(1000);
    }
  } finally {
    live.close();
  }
}

/** @param {string} path of a WebSocket, or its whole address */
function socketAt(path) {
  return path.startsWith('/') ? base.replace(/^http/, 'ws') + path : path.replace(/^http/, 'ws');
}
