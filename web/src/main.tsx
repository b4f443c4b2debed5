import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./platform/design/tokens.css";
import "./platform/design/components.css";
import "./platform/design/components-more.css";
import "./platform/design/app.css";
import { applyTheme } from "./platform/design/theme.ts";
import { App } from "./platform/shell/App.tsx";
import { loadPage, preloadNearLinks, routeOf } from "./platform/shell/pages.ts";

applyTheme();
preloadNearLinks();

/** What the server rendered stays on the screen until the page's own chunk is here. */
async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no #root");
  await loadPage(routeOf(location.pathname)).catch(() => undefined);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

void start();
