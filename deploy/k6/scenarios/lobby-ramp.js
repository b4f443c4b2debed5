// The half hour before doors: more and more people come into the lobby and stay.
import http from 'k6/http';
import { check } from 'k6';
import { Live, wait } from '../lib/live.js';
import { signIn, theEvent } from '../lib/people.js';
import { base, eventSlug, people, stay } from '../lib/settings.js';
import { thresholds } from '../thresholds.js';

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    lobby: { executor: 'ramping-vus', exec: 'arrive', startVUs: 0, stages: [{ duration: '5m', target: people }, { duration: '5m', target: people }, { duration: '1m', target: 0 }], gracefulRampDown: '1m' },
  },
  thresholds: thresholds(['joins', 'api']),
};

export async function arrive() {
  check(http.get(`${base}/e/${eventSlug}`, { tags: { name: 'landing' } }), { 'landing page': (response) => response.status === 200 });
  check(signIn(), { 'signed in': (ok) => ok });
  const event = theEvent();
  const lobby = event.rooms.find((room) => room.kind === 'LOBBY');
  const live = await Live.connect();
  try {
    const attending = await live.invoke('Attend', { event: event.id });
    check(attending, { attends: (answer) => answer.event === event.id });
    const room = await live.join(lobby?.id ?? '');
    await wait(1000 * stay);
    check(room.gaps, { 'nothing was left out': (gaps) => gaps === 0 });
    check(live.closed, { 'stayed connected': (closed) => !closed });
  } finally {
    live.close();
  }
}
