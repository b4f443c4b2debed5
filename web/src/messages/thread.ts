import type { MessagePartsFragment } from "../gql/graphql.ts";

type Plain<T> = Omit<T, "__typename">;

export interface Message extends Omit<Plain<MessagePartsFragment>, "files"> {
  files: readonly Plain<MessagePartsFragment["files"][number]>[];
}

/** A message that the server has not kept yet, or does not want. */
export interface Outgoing {
  id: string;
  text: string;
  files: Message["files"];
  refusal?: string;
}

/** What is told of a message at once. */
export type ToldMessage = Message;

/** Both, each message once, in the order of their numbers. What comes by two ways, or twice, is there once. */
export function merged(held: readonly Message[], more: readonly Message[]): Message[] {
  const byId = new Map(held.map((message) => [message.id, message]));
  for (const message of more) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => a.number - b.number);
}

/** What is still on its way: what the server has kept is in the log. */
export function waiting(outgoing: readonly Outgoing[], held: readonly Message[]): Outgoing[] {
  const kept = new Set(held.map(({ id }) => id));
  return outgoing.filter(({ id }) => !kept.has(id));
}

/** Of others, the latest that is not known to be read. */
export function unreadTo(held: readonly Message[], me: string, readTo: number): number | undefined {
  const latest = held.findLast((message) => message.person !== me);
  return latest && latest.number > readTo ? latest.number : undefined;
}

/** Those who have seen one's own latest message, when nothing was said after it. */
export function seenBy<T extends { readTo: number; card: { person: string } }>(
  held: readonly Message[],
  members: readonly T[],
  me: string,
): T[] {
  const latest = held.at(-1);
  if (!latest || latest.person !== me) return [];
  return members.filter((member) => member.card.person !== me && member.readTo >= latest.number);
}
