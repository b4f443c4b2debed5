/** Lays sessions of one day out on a grid: hours down, rooms across, sessions that meet in one room side by side. */
import { dayOf, daysBetween, minuteOfDay, toWallClock } from "../events/wallClock.ts";
import type { PlacedSession } from "./conflicts.ts";

export interface GridBlock<S extends PlacedSession> {
  session: S;
  /** Minutes after the grid's first line. */
  at: number;
  minutes: number;
  /** Which of `lanes` side-by-side columns, from 0. More than one lane means the room is double-booked. */
  lane: number;
  lanes: number;
}

export interface DayGrid<S extends PlacedSession> {
  /** Minute of the day of the first line, on a full hour. */
  from: number;
  minutes: number;
  blocks: GridBlock<S>[];
}

/** The calendar days (`yyyy-MM-dd`, in the event's zone) an event spans plus any a session strayed to, in order. */
export function agendaDays(
  event: { startsAt: string; endsAt: string },
  sessions: readonly PlacedSession[],
  zone: string,
): string[] {
  const days = new Set(sessions.map((session) => dayOf(toWallClock(session.startsAt, zone))));
  const first = dayOf(toWallClock(event.startsAt, zone));
  // An event that ends at midnight does not take part in the next day.
  const last = dayOf(toWallClock(Date.parse(event.endsAt) - 1, zone));
  for (let day = 0; day <= Math.min(daysBetween(first, last), 60); day++)
    days.add(new Date(Date.parse(`${first}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10));
  return [...days].sort();
}

/** The sessions that start on a day of the event's zone, earliest first. */
export function sessionsOfDay<S extends PlacedSession>(sessions: readonly S[], day: string, zone: string): S[] {
  return sessions
    .filter((session) => dayOf(toWallClock(session.startsAt, zone)) === day)
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.title.localeCompare(b.title));
}

/** Gives sessions of one room the fewest lanes in which none covers another. */
function assignLanes<S extends PlacedSession>(blocks: GridBlock<S>[]): void {
  let group: GridBlock<S>[] = [];
  let groupEnd = Number.NEGATIVE_INFINITY;
  const close = () => {
    const lanes = Math.max(1, ...group.map((block) => block.lane + 1));
    for (const block of group) block.lanes = lanes;
    group = [];
  };
  for (const block of blocks) {
    if (block.at >= groupEnd) close();
    const taken = new Set(group.filter((other) => other.at + other.minutes > block.at).map((other) => other.lane));
    let lane = 0;
    while (taken.has(lane)) lane++;
    block.lane = lane;
    group.push(block);
    groupEnd = Math.max(group.length === 1 ? Number.NEGATIVE_INFINITY : groupEnd, block.at + block.minutes);
  }
  close();
}

/**
 * The grid of one day. Its window runs over full hours around the sessions; an empty day shows 9 to 17. With `fixed` it is that window, whatever
 * the sessions do.
 */
export function layOutDay<S extends PlacedSession>(
  sessions: readonly S[],
  day: string,
  zone: string,
  fixed?: { from: number; minutes: number },
): DayGrid<S> {
  const placed = sessionsOfDay(sessions, day, zone).map((session) => {
    const minutes = Math.max(1, Math.round((Date.parse(session.endsAt) - Date.parse(session.startsAt)) / 60_000));
    return { session, at: minuteOfDay(toWallClock(session.startsAt, zone)), minutes, lane: 0, lanes: 1 };
  });
  if (placed.length === 0) return { from: 9 * 60, minutes: 8 * 60, blocks: [] };
  const from = fixed?.from ?? Math.floor(Math.min(...placed.map((block) => block.at)) / 60) * 60;
  const to = fixed
    ? fixed.from + fixed.minutes
    : Math.ceil(Math.max(...placed.map((block) => block.at + block.minutes)) / 60) * 60;
  const blocks = placed.map((block) => ({ ...block, at: block.at - from }));
  for (const room of new Set(blocks.map((block) => block.session.room.id)))
    assignLanes(blocks.filter((block) => block.session.room.id === room));
  return { from, minutes: to - from, blocks };
}
