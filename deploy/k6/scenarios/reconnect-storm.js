// A gateway dies: its people come back at once, each telling the last number they hold, and lose nothing.
import { check } from 'k6';
import { Rate, Trend } from 'k6/metrics';
import { Live, wait } from '../lib/live.js';
import { signIn, theEvent } from '../lib/people.js';
import { people, roomSlug, stay } from '../lib/settings.js';
import { thresholds } from '../thresholds.js';

const whole = new Rate('plenary_resync');
const back = new Trend('plenary_resync_duration', true);

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    storm: { executor: 'per-vu-iterations', exec: 'comeBack', vus: people, iterations: 3, maxDuration: '10m' },
  },
  thresholds: thresholds(['joins', 'api'], { plenary_resync: ['rate>0.999'], plenary_resync_duration: ['p(95)<10000'] }),
};

export async function comeBack() {
  check(signIn(), { 'signed in': (ok) => ok });
  const id = theEvent().rooms.find((each) => each.slug === roomSlug)?.id ?? '';
  const first = await Live.connect();
  const held = (await first.join(id)).seq;
  await wait((1000 * stay) / 3);
  const last = first.rooms.get(id)?.seq ?? held;
  first.close();
  // Full jitter, as our client has it: random(0, 0.5 s) at first.
  await wait(500 * Math.random());
  const began = Date.now();
  const second = await Live.connect();
  try {
    const answer = await second.invoke('Join', { room: id, after: last, ticket: null });
    back.add(Date.now() - began);
    const numbers = answer.entries.map((/** @type {{ seq: number }} */ entry) => entry.seq);
    const missing = answer.seq - last - (answer.left ?? 0);
    whole.add(answer.replayed ? numbers.every((/** @type {number} */ seq) => seq > last) && numbers.length >= missing : numbers.length > 0);
    check(answer, { 'at least as far as before': (joined) => joined.seq >= last });
  } finally {
    second.close();
  }
}
