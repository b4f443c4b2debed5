// Fourteen times the forecast in ninety seconds: those who can be let in are, the others have a place in line, and nobody is turned away.
import { check } from 'k6';
import { Live, wait } from '../lib/live.js';
import { signIn, theEvent } from '../lib/people.js';
import { people, roomSlug, stay } from '../lib/settings.js';
import { thresholds } from '../thresholds.js';

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    spike: {
      executor: 'ramping-arrival-rate', exec: 'rush', startRate: 1, timeUnit: '1s', preAllocatedVUs: people, maxVUs: people * 2,
      stages: [{ duration: '30s', target: Math.max(1, Math.round(people / 60)) }, { duration: '60s', target: Math.max(1, Math.round(people / 60)) }, { duration: '10s', target: 0 }],
    },
  },
  // Waiting two minutes at the door is what a rush of this kind may cost.
  thresholds: thresholds(['joins', 'api'], { plenary_join_duration: ['p(99)<120000'] }),
};

export async function rush() {
  check(signIn(), { 'signed in': (ok) => ok });
  const room = theEvent().rooms.find((each) => each.slug === roomSlug);
  const live = await Live.connect();
  try {
    await live.join(room?.id ?? '');
    await wait(1000 * stay);
    check(live.closed, { 'stayed connected': (closed) => !closed });
  } finally {
    live.close();
  }
}
