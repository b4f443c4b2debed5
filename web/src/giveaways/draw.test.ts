import { expect, test } from "vitest";
import { draw, verify } from "./draw.ts";

const seed = "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9";
const tags = [
  "4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a",
  "4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce",
  "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
  "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35",
  "ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d",
];
const commitment = "5122a1d1bc9d87662dcf5fb870adf8c55faf2ce12fad1bacac2fe7df88172466";
const listHash = "8e6a596854aaaeaa0a2e84cc0e18a4f3d6a1d670a6e31c14949caf35769559d9";

test("draws what the server and the documented program draw", async () => {
  expect(await draw(seed, listHash, 5, 5)).toEqual([3, 2, 0, 1, 4]);
  expect(await draw(seed, listHash, 5, 2)).toEqual([3, 2]);
});

test("finds a true draw true, and each lie", async () => {
  const published = { commitment, seed, listHash, tags, drawn: [3, 2] };
  expect(await verify(published)).toEqual({ seed: true, list: true, draw: true });
  expect(await verify({ ...published, drawn: [3, 1] })).toMatchObject({ draw: false });
  expect(await verify({ ...published, tags: tags.slice(1) })).toMatchObject({ list: false });
  expect(await verify({ ...published, seed: tags[0] ?? "" })).toMatchObject({ seed: false });
});
