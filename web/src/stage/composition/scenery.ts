import { type Box, between, scaled } from "./box";
import type { Tile } from "./layout";

/** How long tiles take to their new places, in milliseconds. */
export const MOVE_MS = 320;
/** A tile comes from this much smaller. */
const ENTERS_AT = 0.94;

/** A tile as it is drawn at one moment. */
export interface ShownTile extends Tile {
  /** 0 is invisible, 1 is there. */
  alpha: number;
}

interface Mover {
  from: { box: Box; radius: number; alpha: number };
  to: Tile;
  /** 1 when it comes or stays, 0 when it leaves. */
  alpha: 0 | 1;
  at: number;
}

/**
 * Brings tiles from where they are to where they shall be: known ones move, new ones come up out of their place, the rest
 * fade where they stand. A change during a move begins where the tiles are at that moment.
 */
export class Scenery {
  private readonly movers = new Map<string, Mover>();
  private order: string[] = [];
  private readonly duration: number;

  /** @param duration 0 for people who do not want things to move. */
  constructor(duration: number = MOVE_MS) {
    this.duration = duration;
  }

  /** From now on these are the tiles, drawn in this order. Saying the same again changes nothing. */
  arrange(tiles: readonly Tile[], now: number): void {
    const before = new Map(this.shown(now).map((shown) => [shown.spot, shown]));
    const nobody = before.size === 0;
    for (const tile of tiles) {
      const mover = this.movers.get(tile.spot);
      if (mover && mover.alpha === 1 && same(mover.to, tile)) continue;
      const shown = before.get(tile.spot);
      // Onto an empty stage there is no way to come from.
      const from = shown ?? { box: scaled(tile.box, nobody ? 1 : ENTERS_AT), radius: tile.radius, alpha: 0 };
      this.movers.set(tile.spot, { from, to: tile, alpha: 1, at: now });
    }
    const kept = new Set(tiles.map((tile) => tile.spot));
    for (const [spot, mover] of this.movers) {
      const shown = before.get(spot);
      if (kept.has(spot) || mover.alpha === 0) continue;
      if (shown) this.movers.set(spot, { from: shown, to: { ...mover.to, box: shown.box }, alpha: 0, at: now });
      else this.movers.delete(spot);
    }
    // Whatever leaves lies under what stays.
    const leaving = this.order.filter((spot) => !kept.has(spot) && this.movers.has(spot));
    this.order = [...leaving, ...tiles.map((tile) => tile.spot)];
  }

  /** What is to be drawn, lowest first. */
  shown(now: number): ShownTile[] {
    const shown: ShownTile[] = [];
    for (const spot of this.order) {
      const mover = this.movers.get(spot);
      if (!mover) continue;
      const progress = this.duration === 0 ? 1 : eased((now - mover.at) / this.duration);
      const alpha = mover.from.alpha + (mover.alpha - mover.from.alpha) * progress;
      if (mover.alpha === 0 && progress === 1) {
        this.movers.delete(spot);
        continue;
      }
      shown.push({
        spot,
        box: between(mover.from.box, mover.to.box, progress),
        radius: mover.from.radius + (mover.to.radius - mover.from.radius) * progress,
        fit: mover.to.fit,
        alpha,
      });
    }
    return shown;
  }
}

/** Fast at first, slow at the end; 0 to 1. */
export function eased(progress: number): number {
  const left = 1 - Math.min(1, Math.max(0, progress));
  return 1 - left * left * left;
}

function same(a: Tile, b: Tile): boolean {
  const close = (x: number, y: number) => Math.abs(x - y) < 0.5;
  return (
    close(a.box.x, b.box.x) &&
    close(a.box.y, b.box.y) &&
    close(a.box.width, b.box.width) &&
    close(a.box.height, b.box.height) &&
    a.radius === b.radius &&
    a.fit === b.fit
  );
}

/** Something that is there or not, and takes a moment to come and go. */
export class Fade {
  private there = false;
  private at = Number.NEGATIVE_INFINITY;
  private from = 0;
  private readonly duration: number;

  constructor(duration: number = MOVE_MS) {
    this.duration = duration;
  }

  set(there: boolean, now: number): void {
    if (there === this.there) return;
    this.from = this.alpha(now);
    this.there = there;
    this.at = now;
  }

  /** 0 is gone, 1 is there. */
  alpha(now: number): number {
    const target = this.there ? 1 : 0;
    if (this.duration === 0) return target;
    return this.from + (target - this.from) * eased((now - this.at) / this.duration);
  }
}
