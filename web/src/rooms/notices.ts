/** What the staff says to the people of a room, as it is told (`notices`) and answered: docs/develop/protocol.md, section Notices. Times are the server's Unix milliseconds. */
export interface NoticesNow {
  room?: string | null | undefined;
  now: number;
  announcements: readonly Announcement[];
  move?: MoveNow | null | undefined;
}

export interface Announcement {
  id: string;
  text: string;
  by: string;
  at: number;
  until: number;
}

/** Everybody is brought to a room. */
export interface MoveNow {
  id: string;
  to: string;
  slug: string;
  name: string;
  kind: string;
  by: string;
  goesAt: number;
}

/** The same by this machine's clock, so that no two clocks need to agree. */
export function byOurClock(notices: NoticesNow, here: number): NoticesNow {
  const ahead = here - notices.now;
  return {
    ...notices,
    now: here,
    announcements: notices.announcements.map((one) => ({ ...one, at: one.at + ahead, until: one.until + ahead })),
    move: notices.move && { ...notices.move, goesAt: notices.move.goesAt + ahead },
  };
}

/** What is to be shown at this moment: what is not over, and was not put away. */
export function shown(notices: NoticesNow | undefined, now: number, put: readonly string[]): Announcement[] {
  return (notices?.announcements ?? []).filter(({ id, until }) => until > now && !put.includes(id));
}
