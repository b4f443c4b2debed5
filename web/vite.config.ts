import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vitest/config";

const server = process.env["PLENARY_SERVER"] ?? "http://localhost:5000";
const output = fileURLToPath(new URL("../src/Plenary/wwwroot", import.meta.url));
const documents = fileURLToPath(new URL("src/gql/persisted-documents.json", import.meta.url));

/** The server answers only document ids it knows from this file, so it travels with the build. */
function persistedDocuments(): Plugin {
  return {
    name: "persisted-documents",
    apply: "build",
    async closeBundle() {
      await cp(documents, `${output}/persisted-documents.json`);
    },
  };
}

export default defineConfig({
  publicDir: "src/platform/public",
  plugins: [react(), persistedDocuments()],
  build: {
    outDir: output,
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // A browser too old for modulepreload loads the same chunks a little later.
    modulePreload: { polyfill: false },
    // The content security policy allows fonts and scripts from this site only, so nothing becomes a data: address.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Small things that nearly every page needs: one chunk is fewer requests and compresses better.
          groups: [
            {
              name: "common",
              test: /node_modules\/wouter|src\/events\/event\.ts|src\/platform\/(time|money|graph\/(send|refusal)|shell\/title|design\/(art|brand)|components\/(Avatar|Badge|TimeZonePicker))/,
            },
          ],
        },
      },
    },
  },
  server: {
    // The server refuses requests whose host is not their origin, so the browser's host travels on.
    proxy: {
      "/graphql": { target: server, changeOrigin: false },
      "/files": { target: server, changeOrigin: false },
      "/replays": { target: server, changeOrigin: false },
      "/mailbox": { target: server, changeOrigin: false },
      "/demo": { target: server, changeOrigin: false },
      "/live": { target: server, changeOrigin: false, ws: true },
      "/stage": { target: server, changeOrigin: false, ws: true },
      "^/e/[^/]+/event\\.ics": { target: server, changeOrigin: false },
    },
  },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/platform/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
