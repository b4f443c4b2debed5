/** Louder than this (root mean square of samples from -1 to 1) is a voice. */
export const VOICE = 0.02;
/** A pause for breath is shorter than this, in milliseconds. */
export const BREATH_MS = 1_200;
/** A cough is shorter than this. */
export const COUGH_MS = 300;
/** To take the floor from somebody who speaks, one has to be this much louder. */
const LOUDER = 1.5;

/** Follows who speaks: one at a time, without flicker. */
export class ActiveSpeaker {
  /** Who speaks now, if anybody. */
  current: string | undefined;
  private heardAt = 0;
  private readonly since = new Map<string, number>();

  /** @param levels Loudness of everybody who may be heard. */
  hear(levels: ReadonlyMap<string, number>, now: number): string | undefined {
    let loudest: { key: string; level: number } | undefined;
    for (const [key, level] of levels) {
      if (level < VOICE) {
        this.since.delete(key);
        continue;
      }
      const began = this.since.get(key) ?? now;
      this.since.set(key, began);
      if (now - began >= COUGH_MS && level > (loudest?.level ?? 0)) loudest = { key, level };
    }
    for (const key of this.since.keys()) if (!levels.has(key)) this.since.delete(key);
    const own = this.current === undefined ? 0 : (levels.get(this.current) ?? 0);
    if (own >= VOICE) this.heardAt = now;
    const silent = this.current === undefined || !levels.has(this.current) || now - this.heardAt > BREATH_MS;
    if (loudest && loudest.key !== this.current && (silent || loudest.level > own * LOUDER)) {
      this.current = loudest.key;
      this.heardAt = now;
    } else if (silent) this.current = undefined;
    return this.current;
  }
}

/** Loudness of samples. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}
