import { cacheExchange, createClient, fetchExchange, mapExchange } from "urql";

/** Documents of `src/gql` carry no text; without its stub of a definition, urql sends a document by its id. */
const sendById = mapExchange({
  onOperation: (operation) => ({ ...operation, query: { ...operation.query, definitions: [] } }),
});

/** The client of the application's pages: a cache of answers that a mutation clears for the types in its own answer. */
export function createGraphClient(fetchGraph: typeof fetch = (input, init) => fetch(input, init)) {
  return createClient({
    url: "/graphql",
    exchanges: [cacheExchange, sendById, fetchExchange],
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    fetch: fetchGraph,
  });
}
