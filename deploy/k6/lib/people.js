// Being somebody: by a join link of one's own, or as a person of the demo.
import http from 'k6/http';
import exec from 'k6/execution';
import { SharedArray } from 'k6/data';
import { graph } from './graph.js';
import { base, eventSlug, linksFile } from './settings.js';

/** @type {string[]} */
const links = new SharedArray('join links', () =>
  linksFile ? JSON.parse(open(linksFile)).map((/** @type {string} */ link) => link.slice(link.lastIndexOf('/') + 1)) : []);

/** Signs this VU in as one of those who registered; answers false when it could not be. */
export function signIn() {
  if (links.length === 0) return enterDemo('attendee');
  const token = links[(exec.vu.idInTest - 1) % links.length];
  return graph('useJoinLink', 'mutation($token: String!) { useJoinLink(token: $token) { viewer { id } } }', { token }).data !== null;
}

/** Signs in as one of the people of the demo: attendee, speaker or organizer. @param {string} key */
export function enterDemo(key) {
  return graph('enterDemo', 'mutation($key: ID!) { enterDemo(key: $key) { viewer { id } } }', { key }).data !== null;
}

/** The session, as the head of a request that k6 does not put cookies into by itself. */
export function cookie() {
  const jar = http.cookieJar().cookiesForURL(base);
  return Object.entries(jar).map(([name, values]) => `${name}=${values[0]}`).join('; ');
}

/**
 * The event with its rooms and tickets.
 * @returns {{ id: string, rooms: { id: string, slug: string, kind: string }[], ticketTypes: { id: string, remaining: number }[] }}
 */
export function theEvent() {
  const found = graph('event', 'query($slug: String) { event(slug: $slug) { id rooms { id slug kind } ticketTypes { id remaining } } }', { slug: eventSlug }).data?.event;
  if (!found) throw new Error(`there is no event ${eventSlug}`);
  return found;
}

/** A UUID. The server makes sure that two are never the same. */
export function newId() {
  return 'xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(Math.random() * 16).toString(16));
}
