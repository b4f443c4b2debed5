import { cacheExchange, createClient, fetchExchange } from "urql";

/**
 * The client of the application's pages: a document cache that a mutation clears for the types in its answer.
 * Documents of `src/gql` carry only their id, so requests are `{ documentId, variables }`.
 */
export function createGraphClient(fetchGraph: typeof fetch = (input, init) => fetch(input, init)) {
  return createClient({
    url: "/graphql",
    exchanges: [cacheExchange, fetchExchange],
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    fetch: fetchGraph,
  });
}
