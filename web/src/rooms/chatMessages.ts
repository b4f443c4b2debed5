import type { ChatMessagePartsFragment } from "../gql/graphql.ts";
import type { Entry, Role } from "./wire.ts";

/** What one can react with to a message; the server takes no others. */
export const EMOJI = ["👍", "❤️", "😂", "🎉", "👏", "😮", "💡", "🙏"] as const;
export type Emoji = (typeof EMOJI)[number];

/** The same as the server's, in milliseconds: how long authors may edit and remove. */
export const EDIT_WITHIN_MS = 15 * 60_000;
export const REMOVE_WITHIN_MS = 24 * 3_600_000;

const STAFF = new Set<Role>(["organizer", "producer", "moderator"]);
const CREW = new Set<Role>(["organizer", "producer"]);

/** May pin, and remove what others wrote. */
export function isStaff(role: Role | undefined): boolean {
  return role !== undefined && STAFF.has(role);
}

/** May take the whole chat home. */
export function isCrew(role: Role | undefined): boolean {
  return role !== undefined && CREW.has(role);
}

/** A message that was asked for, as the log holds it. */
export function entryOf(message: ChatMessagePartsFragment): Entry {
  const { id, seq, at, person, name, role, text, mentions, quote, version } = message;
  return {
    seq,
    id,
    kind: "chat",
    at,
    person,
    name,
    role: role as Role,
    text,
    mentions,
    quote,
    now: version
      ? {
          message: seq,
          version,
          editedAt: message.editedAt,
          removed: message.removed,
          pinned: message.pinned,
          reactions: Object.fromEntries(message.reactions.map(({ emoji, count }) => [emoji, count])),
          preview: message.preview,
        }
      : null,
  };
}

/** A piece of a message: plain, a link, or somebody's name. */
export type Piece = { text: string } | { link: string } | { mention: string };

const LINK = /https?:\/\/[^\s<>"]+/g;
const TRAILING = /[.,;:!?)\]}'"»”]+$/;

/** A text in pieces; `names` are those of whom it calls. */
export function piecesOf(text: string, names: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const link = match[0].replace(TRAILING, "");
    pieces.push(...mentionsIn(text.slice(from, match.index), names), { link });
    from = match.index + link.length;
  }
  pieces.push(...mentionsIn(text.slice(from), names));
  return pieces.filter((piece) => !("text" in piece) || piece.text !== "");
}

function mentionsIn(text: string, names: readonly string[]): Piece[] {
  const first = [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => ({ name, at: text.toLowerCase().indexOf(`@${name.toLowerCase()}`) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0];
  if (!first) return [{ text }];
  const end = first.at + 1 + first.name.length;
  return [
    { text: text.slice(0, first.at) },
    { mention: text.slice(first.at, end) },
    ...mentionsIn(text.slice(end), names),
  ];
}
