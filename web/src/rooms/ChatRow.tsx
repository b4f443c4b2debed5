import { memo } from "react";
import { ChatMessage, LeftOutNote, OutgoingMessage, StageNote, UnreadNote } from "./ChatMessage.tsx";
import { EDIT_WITHIN_MS, isStaff, REMOVE_WITHIN_MS } from "./chatMessages.ts";
import type { LiveRoom } from "./live.ts";
import { MessageTools } from "./MessageTools.tsx";
import type { Row } from "./rows.ts";
import type { ChatActions } from "./useChatActions.ts";
import type { Entry, You } from "./wire.ts";

interface ChatRowProps {
  row: Row;
  live: LiveRoom;
  connected: boolean;
  you: You | undefined;
  actions: ChatActions;
  names: ReadonlyMap<string, string>;
  /** The tools are there: somebody points at it, or its row has the focus. */
  active: boolean;
  onAgain: (id: string, text: string) => void;
  onReply: (entry: Entry) => void;
  onEdit: (entry: Entry) => void;
  onJump: (message: number) => void;
}

/** One row of the log. */
export const ChatRow = memo(function ChatRow({
  row,
  live,
  connected,
  you,
  actions,
  names,
  active,
  ...on
}: ChatRowProps) {
  if ("unread" in row) return <UnreadNote />;
  if ("left" in row) return <LeftOutNote left={row.left} />;
  if ("post" in row)
    return (
      <OutgoingMessage
        post={row.post}
        connected={connected}
        onRetry={() => live.retryPost(row.post.id)}
        onDiscard={() => live.discardPost(row.post.id)}
        onEdit={() => on.onAgain(row.post.id, row.post.text)}
      />
    );
  const { entry } = row;
  if (entry.kind === "stage") return <StageNote entry={entry} />;
  const own = entry.person === you?.id;
  const staff = isStaff(you?.role);
  const removed = !!entry.now?.removed;
  const mine = actions.mine.get(entry.seq);
  const rights = rightsOn(entry, own, staff);
  const called = (entry.mentions ?? []).flatMap((person) => names.get(person) ?? []);
  return (
    <ChatMessage
      entry={entry}
      own={own}
      together={row.together}
      forYou={!own && you !== undefined && (!!entry.mentions?.includes(you.id) || entry.quote?.person === you.id)}
      names={called}
      mine={mine}
      onReact={(emoji) => actions.react(entry.seq, emoji)}
      onQuote={on.onJump}
      tools={
        active &&
        you &&
        (!removed || rights.history) && (
          <MessageTools
            entry={entry}
            room={live.room}
            rights={rights}
            removed={removed}
            mine={mine}
            onReply={() => on.onReply(entry)}
            onEdit={() => on.onEdit(entry)}
            onReact={(emoji) => actions.react(entry.seq, emoji)}
            onRemove={() => actions.remove(entry.seq)}
            onPin={(pin) => actions.pin(entry.seq, pin)}
          />
        )
      }
    />
  );
});

/** What this person may do about a message now. The server decides; this only spares people a no. */
export function rightsOn(entry: Entry, own: boolean, staff: boolean) {
  const age = Date.now() - entry.at;
  const there = !entry.now?.removed;
  return {
    edit: there && own && age < EDIT_WITHIN_MS,
    remove: there && (staff || (own && age < REMOVE_WITHIN_MS)),
    pin: there && staff,
    history: staff && (!!entry.now?.editedAt || !!entry.now?.removed),
  };
}
