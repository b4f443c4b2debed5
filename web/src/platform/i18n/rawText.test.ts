import { expect, it } from "vitest";

const sources = import.meta.glob<string>(
  ["/src/**/*.tsx", "!/src/**/*.test.tsx", "!/src/platform/design/page/*", "!/src/parties/samples/*"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);

/** Text between tags, and the attributes people see or hear. */
const rawText = [
  /<\/?\w[^<>{}]*>\s*([A-Z][a-z]+(?:[ ,.’']+\w+)*[.!?]?)\s*<\//g,
  /\s(?:label|aria-label|title|placeholder|alt|hint)="([^"]*[A-Za-z]{2}[^"]*)"/g,
];
const names = ["Plenary"];

it("finds no text in a page that goes around the languages", () => {
  const found = Object.entries(sources).flatMap(([file, source]) =>
    rawText.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => `${file}: ${match[1]}`)),
  );
  expect(found.filter((line) => !names.some((name) => line.endsWith(`: ${name}`)))).toEqual([]);
});
