// Holds the script budgets: what a browser must fetch before a page works, compressed. Follows the static imports of
// the entry, of the page's chunk and of what stands around pages. Run after `npm run build`.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const output = fileURLToPath(new URL("../../src/Plenary/wwwroot/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${output}.vite/manifest.json`, "utf8"));
const around = "src/platform/shell/AppFrame.tsx";

// The video library loads when a picture is there to be played, and has no part in the budget.
const video = /hls/i;

const budgets = [
  { page: "landing", limit: 100, chunks: ["index.html", "src/events/LandingPage.tsx"] },
  { page: "live room", limit: 300, chunks: ["index.html", around, "src/rooms/RoomPage.tsx"] },
];

function reached(chunk, found = new Set()) {
  if (found.has(chunk)) return found;
  found.add(chunk);
  for (const next of manifest[chunk].imports ?? []) reached(next, found);
  return found;
}

let over = false;
for (const { page, limit, chunks } of budgets) {
  const missing = chunks.filter((chunk) => !manifest[chunk]);
  if (missing.length > 0) {
    process.stdout.write(`${page}: ${missing.join(", ")} is not in the build\n`);
    over = true;
    continue;
  }
  const files = new Set(chunks.flatMap((chunk) => [...reached(chunk)]).map((chunk) => manifest[chunk].file));
  const bytes = [...files]
    .filter((file) => file.endsWith(".js") && !video.test(file))
    .reduce((sum, file) => sum + gzipSync(readFileSync(output + file), { level: 9 }).length, 0);
  const size = (bytes / 1000).toFixed(1);
  process.stdout.write(`${page}: ${size} kB of script, limit ${limit} kB\n`);
  if (bytes > limit * 1000) over = true;
}
process.exit(over ? 1 : 0);
