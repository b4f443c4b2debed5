import { type ReactNode, useMemo } from "react";
import { Provider } from "urql";
import { createGraphClient } from "./client.ts";

/** Puts the caching GraphQL client around the application's pages. */
export default function GraphProvider({ children }: { children: ReactNode }) {
  const client = useMemo(() => createGraphClient(), []);
  return <Provider value={client}>{children}</Provider>;
}
