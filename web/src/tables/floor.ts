/** A floor as the server tells it and answers it: docs/develop/protocol.md, section Tables. Times are Unix milliseconds. */
export interface FloorNow {
  room: string;
  /** Of two the higher is true. */
  version: number;
  tables: readonly TableNow[];
}

export interface TableNow {
  id: string;
  number: number;
  topic: string;
  seats: number;
  host?: FloorPerson | null | undefined;
  locked: boolean;
  passing: boolean;
  startsAt?: number | null | undefined;
  endsAt?: number | null | undefined;
  /** So many free seats are kept for people on the list. */
  kept: number;
  list: readonly FloorPerson[];
  sitters: readonly (FloorPerson & { seat: number })[];
  knocks: readonly FloorPerson[];
}

export interface FloorPerson {
  person: string;
  name: string;
  picture?: string | null | undefined;
}

/** A line that somebody wrote at the table; told, never kept. */
export interface TableLine {
  table: string;
  id: string;
  person: string;
  name: string;
  text: string;
  at: number;
}

/** The newer of what is known and what comes in. */
export function newer(known: FloorNow | undefined, next: FloorNow | undefined): FloorNow | undefined {
  return !next || (known && known.room === next.room && known.version > next.version) ? known : next;
}

/** The table at which this person sits. */
export function tableOf(floor: FloorNow | undefined, person: string | undefined): TableNow | undefined {
  return floor?.tables.find((table) => table.sitters.some((sitter) => sitter.person === person));
}

export type SeatState = "free" | "taken" | "mine" | "kept" | "locked";

export interface SeatNow {
  number: number;
  state: SeatState;
  sitter: FloorPerson | undefined;
}

/** The chairs of a table as this person finds them. */
export function seatsOf(table: TableNow, me: string | undefined): SeatNow[] {
  const here = table.sitters.some((sitter) => sitter.person === me);
  const expected = table.list.some(({ person }) => person === me) || table.host?.person === me;
  const free = table.seats - table.sitters.length;
  return Array.from({ length: table.seats }, (_, index) => {
    const number = index + 1;
    const sitter = table.sitters.find(({ seat }) => seat === number);
    const hosts = number === 1 && !!table.host && table.host.person !== me;
    const state = sitter
      ? sitter.person === me
        ? "mine"
        : "taken"
      : hosts || (!expected && !here && free <= table.kept)
        ? "kept"
        : table.locked && !here && table.host?.person !== me
          ? "locked"
          : "free";
    return { number, state, sitter };
  });
}

/** The first seat this person may take; undefined when there is none. */
export function freeSeat(table: TableNow, me: string | undefined): number | undefined {
  return seatsOf(table, me).find(({ state }) => state === "free")?.number;
}

export interface FloorCounts {
  tables: number;
  people: number;
  free: number;
}

export function countsOf(floor: FloorNow): FloorCounts {
  const people = floor.tables.reduce((sum, { sitters }) => sum + sitters.length, 0);
  return {
    tables: floor.tables.length,
    people,
    free: floor.tables.reduce((sum, { seats }) => sum + seats, 0) - people,
  };
}

/** What stands in the corner of a table: the one thing to know of it. */
export type TableBadge = "mine" | "locked" | "full" | "roundtable" | "listed" | undefined;

export function badgeOf(table: TableNow, me: string | undefined): TableBadge {
  if (table.sitters.some(({ person }) => person === me)) return "mine";
  if (table.list.some(({ person }) => person === me)) return "listed";
  if (table.sitters.length >= table.seats) return "full";
  if (table.locked) return "locked";
  return table.startsAt ? "roundtable" : undefined;
}
