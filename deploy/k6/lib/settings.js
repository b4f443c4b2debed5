// What a run is told from outside: k6 run -e BASE=https://staging.example.org -e EVENT=load …

/** @param {string} name @param {number} otherwise */
function number(name, otherwise) {
  const text = __ENV[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number, and is “${text}”`);
  return value;
}

/** The site, without a slash at its end. */
export const base = (__ENV.BASE || 'http://localhost:5000').replace(/\/$/, '');

/** The event's part of its address. */
export const eventSlug = __ENV.EVENT || 'groundwork';

/** The room's part of its address. */
export const roomSlug = __ENV.ROOM || 'main-stage';

/** People at the height of a run. */
export const people = number('PEOPLE', 200);

/** Seconds that a person stays. */
export const stay = number('STAY', 60);

/** A file with a JSON list of join links or their tokens, one for each person, as an absolute path; without it everybody is the attendee of a demo. */
export const linksFile = __ENV.LINKS || '';

/** A recording of H.264 and Opus for the stage, as an absolute path; without it somebody else has to be live. */
export const clipFile = __ENV.CLIP || '';
