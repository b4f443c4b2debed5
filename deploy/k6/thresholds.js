// The promises of the platform (docs/operate: the four SLOs), as thresholds of a run. A name here is the `slo` label of the alerts in deploy/monitoring/rules/slo.yaml.

/** @type {Record<'joins' | 'delivery' | 'api' | 'broadcast', Record<string, string[]>>} */
export const slo = {
  // 99.5 % of joins succeed. Waiting in line is no failure; it has a time of its own.
  joins: { plenary_joins: ['rate>0.995'], plenary_join_duration: ['p(95)<30000'] },
  // 99 % of frames reach everybody in the room within a second.
  delivery: { plenary_delivery: ['p(99)<1000'] },
  // 95 % of GraphQL answers are there within half a second, and right.
  api: { 'http_req_duration{kind:graphql}': ['p(95)<500'], plenary_api: ['rate>0.995'] },
  // 99.5 % of the time that something is on air, viewers see it.
  broadcast: { plenary_broadcast: ['rate>0.995'] },
};

/**
 * The thresholds of a scenario.
 * @param {Array<keyof typeof slo>} promises those it can break
 * @param {Record<string, string[]>} [own] what it promises besides
 * @returns {Record<string, string[]>}
 */
export function thresholds(promises, own = {}) {
  return Object.assign({ checks: ['rate>0.99'] }, ...promises.map((name) => slo[name]), own);
}
