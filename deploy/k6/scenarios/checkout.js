// Tickets go on sale: many strangers register at once. Tickets are free; the scenario will pay when there is something to pay.
import { check } from 'k6';
import { Counter, Rate } from 'k6/metrics';
import { graph } from '../lib/graph.js';
import { newId, theEvent } from '../lib/people.js';
import { people } from '../lib/settings.js';
import { thresholds } from '../thresholds.js';

/** Registrations that ended in a place, or in a clear word that there is none. */
const checkouts = new Rate('plenary_checkouts');
const soldOut = new Counter('plenary_sold_out');

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    sale: { executor: 'constant-arrival-rate', exec: 'register', rate: Math.max(1, Math.round(people / 20)), timeUnit: '1s', duration: '2m', preAllocatedVUs: people, maxVUs: people * 2 },
  },
  thresholds: thresholds(['api'], { plenary_checkouts: ['rate>0.995'] }),
};

export function register() {
  const event = theEvent();
  const ticket = event.ticketTypes.find((each) => each.remaining > 0) ?? event.ticketTypes[0];
  const answer = graph('register', 'mutation($input: RegisterInput!) { register(input: $input) { message } }',
    { input: { event: event.id, ticketType: ticket?.id, name: 'Kim Sechs', email: `k6-${newId()}@example.org`, timeZone: 'Europe/Berlin' } }, ['sold-out']);
  if (answer.refused === 'sold-out') soldOut.add(1);
  checkouts.add(answer.refused === 'sold-out' || check(answer.data?.register, { 'told what happens next': (told) => Boolean(told?.message) }));
}
