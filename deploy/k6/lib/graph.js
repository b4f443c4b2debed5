// GraphQL as docs/develop/protocol.md describes it.
import http from 'k6/http';
import { Rate } from 'k6/metrics';
import { base } from './settings.js';

/** Answers that were right: data, or a refusal with a code that the caller expects. */
const right = new Rate('plenary_api');

/**
 * Asks, and answers data or what was refused.
 * @param {string} name of the operation, for the tables
 * @param {string} query
 * @param {Record<string, unknown>} [variables]
 * @param {string[]} [expected] codes of refusals that are right answers here
 * @returns {{ data: any, refused: string | null }}
 */
export function graph(name, query, variables = {}, expected = []) {
  const response = http.post(`${base}/graphql`, JSON.stringify({ query, variables }), {
    headers: { 'Content-Type': 'application/json' },
    tags: { name, kind: 'graphql' },
  });
  /** @type {any} */
  let answer = null;
  try {
    answer = response.json();
  } catch {
    // not JSON: what is wrong shows in the status
  }
  const error = answer?.errors?.[0];
  const refused = error ? String(error.extensions?.code ?? 'unknown') : answer?.data ? null : `status-${response.status}`;
  right.add(refused === null || expected.includes(refused));
  if (refused !== null && !expected.includes(refused)) console.error(`${name}: ${refused} ${error?.message ?? ''}`);
  return { data: answer?.data ?? null, refused };
}
