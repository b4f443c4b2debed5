import type { ReactNode } from "react";
import { Provider } from "urql";
import { ToastProvider } from "../components/Toast.tsx";
import { createGraphClient } from "../graph/client.ts";

const client = createGraphClient();

/** What stands around the application's pages: the caching GraphQL client and the toasts. */
export default function AppFrame({ children }: { children: ReactNode }) {
  return (
    <Provider value={client}>
      <ToastProvider>{children}</ToastProvider>
    </Provider>
  );
}
