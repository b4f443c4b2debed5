/** What is published of a draw. */
export interface Published {
  commitment: string;
  seed: string;
  listHash: string;
  tags: readonly string[];
  /** Places that were drawn, in order. */
  drawn: readonly number[];
}

/** What a browser found that repeated the draw. */
export interface Verified {
  /** The seed is the one that was committed to. */
  seed: boolean;
  /** The list is the one that was published before. */
  list: boolean;
  /** Seed and list draw those who were drawn. */
  draw: boolean;
}

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Places of a list of `count`, from 0, in the order in which they are drawn: docs/organize/giveaways-and-points.md, after RFC 3797. */
export async function draw(seed: string, listHash: string, count: number, turns: number): Promise<number[]> {
  const left = Array.from({ length: count }, (_, place) => place);
  const drawn: number[] = [];
  for (let turn = 1; turn <= turns && left.length > 0; turn++) {
    const among = BigInt(left.length);
    const fair = (2n ** 64n / among) * among;
    let number = fair;
    for (let attempt = 0; number >= fair; attempt++)
      number = BigInt(`0x${(await sha256(`${seed}:${listHash}:${turn}:${attempt}`)).slice(0, 16)}`);
    drawn.push(...left.splice(Number(number % among), 1));
  }
  return drawn;
}

/** Repeats a draw with nothing but what is published. */
export async function verify(one: Published): Promise<Verified> {
  const places = await draw(one.seed, one.listHash, one.tags.length, one.drawn.length);
  return {
    seed: (await sha256(one.seed)) === one.commitment,
    list: (await sha256(one.tags.map((tag) => `${tag}\n`).join(""))) === one.listHash,
    draw: places.length === one.drawn.length && places.every((place, at) => place === one.drawn[at]),
  };
}
