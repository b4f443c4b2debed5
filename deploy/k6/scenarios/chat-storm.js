// Everybody writes at once, and everybody reads it: the pace of frames and the log must hold.
import { check } from 'k6';
import { Counter } from 'k6/metrics';
import { Live, Refused, wait } from '../lib/live.js';
import { signIn, theEvent } from '../lib/people.js';
import { people, roomSlug, stay } from '../lib/settings.js';
import { thresholds } from '../thresholds.js';

/** The room asked to write slower, which is an answer and no failure. */
const slower = new Counter('plenary_slower');

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    storm: { executor: 'per-vu-iterations', exec: 'talk', vus: people, iterations: 1, maxDuration: '10m' },
  },
  thresholds: thresholds(['joins', 'delivery', 'api']),
};

export async function talk() {
  check(signIn(), { 'signed in': (ok) => ok });
  const room = theEvent().rooms.find((each) => each.slug === roomSlug);
  const live = await Live.connect();
  try {
    const joined = await live.join(room?.id ?? '');
    for (let until = Date.now() + 1000 * stay; Date.now() < until;) {
      try {
        const began = Date.now();
        await joined.post('Hello from everybody at once, as loud as it gets.');
        check(Date.now() - began, { 'written and read within five seconds': (took) => took < 5000 });
        await live.invoke('React', { room: joined.id, kind: 'clap' });
      } catch (error) {
        if (!(error instanceof Refused) || (error.code !== 'too-many-requests' && error.code !== 'room-busy')) throw error;
        slower.add(1);
      }
      await wait(1000 + 2000 * Math.random());
    }
    check(joined.gaps, { 'nothing was left out': (gaps) => gaps === 0 });
  } finally {
    live.close();
  }
}
