import { useEffect, useState } from "react";
import { PinnedMessagesDocument, SearchChatDocument } from "../gql/graphql.ts";
import { Button, Icon } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { formatTime } from "../platform/time/format.ts";
import { entryOf, isCrew } from "./chatMessages.ts";
import type { LiveRoom, RoomView } from "./live.ts";
import { missingPins, pinsNow } from "./pins.ts";
import { useText } from "./text.ts";
import type { Entry } from "./wire.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** Typing is over. */
const PAUSE_MS = 300;
/** So many people may ask for what they lack in a second. */
const ASKERS_PER_SECOND = 500;

interface ChatTopProps {
  live: LiveRoom;
  view: RoomView;
  onJump: (message: number) => void;
}

/** Above the messages: what the staff keeps in sight, and looking for words. */
export function ChatTop({ live, view, onJump, onEarlier }: ChatTopProps & { onEarlier: () => Promise<boolean> }) {
  const { t } = useText();
  const [begun, setBegun] = useState(false);
  const oldest = view.log.entries.find(({ kind }) => kind === "chat")?.seq ?? 1;
  const [searching, setSearching] = useState(false);
  return (
    <div className="chat-top">
      <Pins live={live} view={view} onJump={onJump} />
      <div className="row chat-top-tools">
        {oldest > 1 && !begun && (
          <Button
            variant="ghost"
            size="sm"
            className="chat-earlier"
            onClick={() => void onEarlier().then((more) => setBegun(!more))}
          >
            {t("chat.earlier")}
          </Button>
        )}
        {isCrew(view.you?.role) && (
          <>
            <a className="btn ghost sm" href={`/rooms/${live.room}/chat.csv`} download>
              <Icon name="dl" size="sm" />
              {t("chat.exportCsv")}
            </a>
            <a className="btn ghost sm" href={`/rooms/${live.room}/chat.json`} download>
              {t("chat.exportJson")}
            </a>
          </>
        )}
        <Button
          variant="ghost"
          size="sm"
          icon
          className="chat-search-open"
          aria-label={t("chat.search")}
          aria-expanded={searching}
          onClick={() => setSearching(!searching)}
        >
          <Icon name="search" size="sm" />
        </Button>
      </div>
      {searching && <Search live={live} onJump={onJump} onClose={() => setSearching(false)} />}
    </div>
  );
}

/** What is pinned: asked for once in a room, then kept by what the log tells. */
function Pins({ live, view, onJump }: ChatTopProps) {
  const { t } = useText();
  const [asked, setAsked] = useState<readonly Entry[]>([]);
  const [all, setAll] = useState(false);
  const { entries, present } = view.log;
  const pins = pinsNow(asked, entries);
  const missing = missingPins(asked, entries);
  useEffect(
    () =>
      live.onLine((joined) => {
        if (joined) ask(live, setAsked);
      }),
    [live],
  );
  useEffect(() => {
    if (missing === 0) return;
    const timer = setTimeout(() => ask(live, setAsked), Math.random() * 1000 * (present / ASKERS_PER_SECOND));
    return () => clearTimeout(timer);
  }, [live, missing, present]);
  if (pins.length === 0) return null;
  const shown = all ? pins : pins.slice(-1);
  return (
    <section className="chat-pins" aria-label={t("chat.pinned")} data-testid="pins">
      {shown.map(({ seq, id, name, text }) => (
        <button type="button" className="chat-pin" key={id} onClick={() => onJump(seq)}>
          <Icon name="bookmark" size="sm" />
          <span className="trunc">
            <b>{name}</b> {text}
          </span>
        </button>
      ))}
      {pins.length > 1 && (
        <Button variant="ghost" size="sm" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("chat.fewerPins") : t("chat.morePins", { count: pins.length - 1 })}
        </Button>
      )}
    </section>
  );
}

function ask(live: LiveRoom, take: (pins: readonly Entry[]) => void) {
  send(PinnedMessagesDocument, { room: live.room }).then(
    ({ pinnedMessages }) => take(pinnedMessages.map(entryOf)),
    () => undefined, // Asked again with the next connection.
  );
}

interface SearchProps {
  live: LiveRoom;
  onJump: (message: number) => void;
  onClose: () => void;
}

function Search({ live, onJump, onClose }: SearchProps) {
  const { t } = useText();
  const [text, setText] = useState("");
  const [found, setFound] = useState<{ text: string; entries: Entry[] }>();
  useEffect(() => {
    const wanted = text.trim();
    if (!wanted) return setFound(undefined);
    let over = false;
    const timer = setTimeout(() => {
      send(SearchChatDocument, { room: live.room, text: wanted }).then(
        ({ searchChat }) => over || setFound({ text: wanted, entries: searchChat.map(entryOf) }),
        () => over || setFound({ text: wanted, entries: [] }),
      );
    }, PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [live, text]);
  return (
    <search className="chat-search">
      <input
        type="search"
        aria-label={t("chat.search")}
        placeholder={t("chat.search")}
        maxLength={200}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: it was just asked for
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && onClose()}
      />
      <p className="tiny muted" role="status">
        {found && t("chat.found", { count: found.entries.length })}
      </p>
      {found && found.entries.length > 0 && (
        <ul className="chat-hits">
          {found.entries.map(({ seq, id, name, text: said, at }) => (
            <li key={id}>
              <button type="button" onClick={() => onJump(seq)}>
                <b>{name}</b> <time className="num">{formatTime(at, zone)}</time>
                <span className="hit-text">{said}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}
