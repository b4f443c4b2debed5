import { useEffect, useMemo, useState } from "react";
import { CallLines } from "../calls/CallLines.tsx";
import { CallTiles } from "../calls/CallTiles.tsx";
import { CallTools } from "../calls/CallTools.tsx";
import { CallVoices } from "../calls/CallVoices.tsx";
import { PeerVideo } from "../calls/PeerVideo.tsx";
import { useSending } from "../calls/useCall.ts";
import { type Conversation, useConversation } from "../calls/useConversation.ts";
import { Avatar, Button, Icon } from "../platform/components/index.ts";
import type { LiveRoom } from "../rooms/live.ts";
import type { TableNow } from "./floor.ts";
import { TableChatPanel } from "./TableChatPanel.tsx";
import { useTablesText } from "./text.ts";
import type { FloorState } from "./useFloor.ts";
import { useScreen } from "./useScreen.ts";
import { useTableChat } from "./useTableChat.ts";

interface AtTableProps {
  live: LiveRoom;
  table: TableNow;
  me: string;
  name: string;
  floor: FloorState;
  /** May lock every table. */
  staff: boolean;
  onTalking: (people: ReadonlySet<string>) => void;
}

/** The table where we sit: its call, heard wherever we look on the floor, and its bar. Who sits down listens first. */
export function AtTable({ live, table, me, name, floor, staff, onTalking }: AtTableProps) {
  const { t } = useTablesText();
  const line = useMemo(() => live.lineOf(table.id), [live, table.id]);
  const conversation = useConversation(line, { cameras: "free", microphoneOn: false });
  const screen = useScreen();
  useSending(conversation.call, "screen", screen.stream);
  const [open, setOpen] = useState(false);
  const [chatting, setChatting] = useState(false);
  const chat = useTableChat(live, table.id);
  const [read, setRead] = useState(0);
  useEffect(() => {
    if (chatting) setRead(chat.lines.length);
  }, [chatting, chat.lines.length]);
  const unread = Math.max(0, chat.lines.length - read);
  const topic = table.topic || t("noTopic", { number: table.number });

  const talkers = conversation.peers.filter(({ speaking }) => speaking);
  const talking = talkers.map(({ person }) => person).join(" ");
  useEffect(() => onTalking(new Set(talking ? talking.split(" ") : [])), [talking, onTalking]);

  const mayLock = staff || (table.host ? table.host.person === me : true);
  const lock = mayLock && (
    <button
      type="button"
      className="tool hide-s"
      aria-pressed={table.locked}
      onClick={() => void floor.lock(table.id, !table.locked)}
    >
      <Icon name="lock" />
      {t(table.locked ? "unlock" : "lock")}
    </button>
  );
  return (
    <>
      <CallVoices conversation={conversation} />
      {open && (
        <OpenTable
          conversation={conversation}
          topic={topic}
          name={name}
          table={table}
          me={me}
          onClose={() => setOpen(false)}
        />
      )}
      {chatting && <TableChatPanel chat={chat} me={me} onClose={() => setChatting(false)} />}
      <Knocks table={table} floor={floor} />
      <section
        className="tbar"
        aria-label={t("bar.label", { topic })}
        data-testid="table-bar"
        data-call={conversation.now.state}
      >
        <div className="row hide-s grow">
          <span className="avs" aria-hidden="true">
            {table.sitters.slice(0, 3).map((sitter) => (
              <Avatar key={sitter.person} name={sitter.name} photoUrl={sitter.picture ?? null} />
            ))}
          </span>
          <p className="small">
            <b className="strong trunc">{topic}</b>
            <br />
            <span className="muted">{saying(conversation, talkers, t)}</span>
          </p>
        </div>
        <CallTools conversation={conversation} />
        <button type="button" className="tool" aria-pressed={chatting} onClick={() => setChatting(!chatting)}>
          <Icon name="chat" />
          {t("chat.title")}
          {unread > 0 && !chatting && (
            <span className="count new">
              <span className="sr">{t("chat.unread", { count: unread })}</span>
              <span aria-hidden="true">{unread}</span>
            </span>
          )}
        </button>
        {screen.possible && (
          <button type="button" className="tool hide-s" aria-pressed={!!screen.stream} onClick={screen.toggle}>
            <Icon name="screen" />
            {t(screen.stream ? "shareStop" : "share")}
          </button>
        )}
        {lock}
        <button type="button" className="tool only-s" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name="expand" />
          {t(open ? "close" : "openShort")}
        </button>
        <div className="row grow hide-s tbar-end">
          <Button variant="line" aria-expanded={open} onClick={() => setOpen(!open)}>
            <Icon name="expand" size="sm" />
            {t(open ? "close" : "open")}
          </Button>
        </div>
        <button type="button" className="tool leave only-s" onClick={() => void floor.stand()}>
          <Icon name="leave" />
          {t("stand")}
        </button>
      </section>
    </>
  );
}

type Say = ReturnType<typeof useTablesText>["t"];

/** What is to be said of the call in a line: trouble first, then who talks. */
function saying({ now, peers }: Conversation, talkers: readonly { name: string }[], t: Say): string {
  if (now.state === "reconnecting") return t("bar.reconnecting");
  if (now.state === "entering") return t("bar.entering");
  if (talkers.length > 0) return t("bar.talking", { name: talkers.map(({ name }) => name).join(", ") });
  return peers.length > 0 ? t("bar.quiet") : t("bar.alone");
}

/** Who wants to come to the locked table. */
function Knocks({ table, floor }: { table: TableNow; floor: FloorState }) {
  const { t } = useTablesText();
  return (
    <div className="tknocks" role="status">
      {table.knocks.map((one) => (
        <div className="next" key={one.person}>
          <Avatar name={one.name} photoUrl={one.picture ?? null} size="xs" />
          <p className="grow small">
            <b className="strong">{t("knocks.title", { name: one.name })}</b>
          </p>
          <Button variant="ghost" size="sm" onClick={() => void floor.answer(table.id, one.person, false)}>
            {t("knocks.no")}
          </Button>
          <Button variant="primary" size="sm" onClick={() => void floor.answer(table.id, one.person, true)}>
            {t("knocks.yes")}
          </Button>
        </div>
      ))}
    </div>
  );
}

interface OpenTableProps {
  conversation: Conversation;
  topic: string;
  name: string;
  table: TableNow;
  me: string;
  onClose: () => void;
}

/** Everybody at the table, large. The bar stays below, the stage in its corner. */
function OpenTable({ conversation, topic, name, table, me, onClose }: OpenTableProps) {
  const { t } = useTablesText();
  const picture = (person: string | undefined) => table.sitters.find((one) => one.person === (person ?? me))?.picture;
  const shared = conversation.peers.flatMap((peer) =>
    peer.tracks.flatMap(({ kind, stream, muted }) => (kind === "screen" && stream && !muted ? [{ peer, stream }] : [])),
  )[0];
  useEffect(() => {
    const close = (event: KeyboardEvent) =>
      event.key === "Escape" && !document.querySelector("dialog[open]") && onClose();
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, [onClose]);
  return (
    <section className="topen" aria-label={topic} data-testid="open-table">
      <header className="row">
        <h2 className="h3 grow trunc">{topic}</h2>
        <Button variant="ghost" size="sm" onClick={onClose}>
          <Icon name="x" size="sm" />
          {t("close")}
        </Button>
      </header>
      {shared && (
        <figure className="topen-screen">
          <PeerVideo stream={shared.stream} label={t("screenOf", { name: shared.peer.name })} muted />
          <figcaption className="tiny muted">{t("screenOf", { name: shared.peer.name })}</figcaption>
        </figure>
      )}
      <CallTiles conversation={conversation} name={name} pictureOf={picture} />
      <CallLines conversation={conversation} />
    </section>
  );
}
