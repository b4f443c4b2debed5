// After every deployment, in a minute: the pages answer, and a person comes in, writes, and reads what they wrote.
import http from 'k6/http';
import { check } from 'k6';
import { Live } from '../lib/live.js';
import { signIn, theEvent } from '../lib/people.js';
import { base, eventSlug, roomSlug } from '../lib/settings.js';
import { thresholds } from '../thresholds.js';

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    pages: { executor: 'shared-iterations', exec: 'pages', vus: 1, iterations: 5, maxDuration: '1m' },
    person: { executor: 'shared-iterations', exec: 'person', vus: 1, iterations: 5, maxDuration: '1m' },
  },
  thresholds: thresholds(['joins', 'delivery', 'api']),
};

export function pages() {
  for (const path of ['/health/ready', '/', `/e/${eventSlug}`])
    check(http.get(base + path, { tags: { name: path } }), { 'page answers': (response) => response.status === 200 });
}

export async function person() {
  check(signIn(), { 'signed in': (ok) => ok });
  const room = theEvent().rooms.find((each) => each.slug === roomSlug);
  const live = await Live.connect();
  try {
    const joined = await live.join(room?.id ?? '');
    check(await joined.post('Is everything well?'), { 'read what was written': (came) => came });
    check(joined.gaps, { 'nothing was left out': (gaps) => gaps === 0 });
  } finally {
    live.close();
  }
}
