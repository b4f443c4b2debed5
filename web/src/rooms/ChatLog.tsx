import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type UIEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import { useBlocked } from "../profiles/useBlocked.ts";
import { ChatRow, rightsOn } from "./ChatRow.tsx";
import { isStaff } from "./chatMessages.ts";
import type { LiveRoom, RoomView } from "./live.ts";
import { rowsOf } from "./rows.ts";
import { useText } from "./text.ts";
import type { ChatActions } from "./useChatActions.ts";
import type { Entry } from "./wire.ts";

const ROW_HEIGHT = 56;
/** This close to the end counts as reading the newest, in pixels. */
const NEAR_END = 48;

interface ChatLogProps {
  live: LiveRoom;
  view: RoomView;
  unread: number;
  onAtNewest: (atNewest: boolean) => void;
  actions: ChatActions;
  /** Above the first message after this number stands a line. */
  unreadAfter: number | undefined;
  /** The message to go to; a new object each time. */
  goTo: { message: number } | undefined;
  onAgain: (id: string, text: string) => void;
  onReply: (entry: Entry) => void;
  onEdit: (entry: Entry) => void;
  onJump: (message: number) => void;
  to?: "crew" | undefined;
}

/**
 * The log of a room: only the rows in sight are in the document, new ones are followed while the reader is at the end
 * and announced politely; arrow keys go from message to message.
 */
export function ChatLog(props: ChatLogProps) {
  const { live, view, unread, onAtNewest, actions, unreadAfter, goTo, to } = props;
  const { t } = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const [atNewest, setAtNewest] = useState(true);
  const { entries, seq, snapshot } = view.log;
  const blocked = useBlocked(view.you !== undefined);
  const rows = useMemo(
    () => rowsOf({ entries, seq, snapshot }, view.outbox, blocked, unreadAfter),
    [entries, seq, snapshot, view.outbox, blocked, unreadAfter],
  );
  const names = useMemo(
    () => new Map(entries.flatMap(({ person, name }) => (person ? [[person, name] as const] : []))),
    [entries],
  );
  const [pointedAt, setPointedAt] = useState<string>();
  const [focused, setFocused] = useState<string>();
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    paddingStart: 8,
    paddingEnd: 10,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
  });

  // Rows are measured once they are drawn, so the end moves while nobody scrolls: it is followed until the reader scrolls up.
  const following = useRef(true);
  const lastTop = useRef(0);
  const looked = ({ currentTarget: log }: UIEvent<HTMLDivElement>) => {
    if (log.scrollHeight - log.scrollTop - log.clientHeight <= NEAR_END) following.current = true;
    else if (log.scrollTop < lastTop.current - 1) following.current = false;
    lastTop.current = log.scrollTop;
    setAtNewest(following.current);
    onAtNewest(following.current);
  };
  const height = list.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the height of all rows changed
  useLayoutEffect(() => {
    const log = scroller.current;
    if (log && following.current) log.scrollTop = log.scrollHeight;
  }, [height]);
  const toNewest = () => {
    following.current = true;
    list.scrollToEnd();
    scroller.current?.focus({ preventScroll: true });
  };
  // The first messages, and one's own, are shown whatever the reader was looking at.
  const newestOwn = view.outbox.at(-1)?.id;
  const filled = rows.length > 0;
  useEffect(() => {
    if (!filled && !newestOwn) return;
    following.current = true;
    list.scrollToEnd();
  }, [list, filled, newestOwn]);

  // Where a quote, a search, a pin or a notice leads.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each wish, whatever comes meanwhile
  useEffect(() => {
    const index = goTo ? rows.findIndex((row) => "entry" in row && row.entry.seq === goTo.message) : -1;
    if (index < 0) return;
    following.current = false;
    list.scrollToIndex(index, { align: "center" });
    focusRow(index);
  }, [goTo]);
  const focusRow = (index: number, tries = 10) => {
    // At once where it can be: the next key may come before the next picture.
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (row) row.focus({ preventScroll: true });
    else if (tries > 0) requestAnimationFrame(() => focusRow(index, tries - 1));
  };

  /** Key of the row that something in the document belongs to. */
  const rowAt = (target: EventTarget | null) => {
    const row = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
    return row ? rows[Number(row.dataset["index"])]?.key : undefined;
  };

  /** Keys on a message: what its tools do, without going there. */
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement;
    const row = rows[Number(target.dataset["index"] ?? -1)];
    if (!row || !("entry" in row) || row.entry.kind !== "chat" || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const { entry } = row;
    const rights = rightsOn(entry, entry.person === view.you?.id, isStaff(view.you?.role));
    if (event.key === "r" && !entry.now?.removed) props.onReply(entry);
    else if (event.key === "e" && rights.edit) props.onEdit(entry);
    else return;
    event.preventDefault();
  };
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) press(event);
    if (!step || !(event.target instanceof HTMLElement)) return;
    event.preventDefault();
    const from = event.target.closest<HTMLElement>("[data-index]")?.dataset["index"];
    const to = from === undefined ? rows.length - 1 : Math.min(rows.length - 1, Math.max(0, Number(from) + step));
    list.scrollToIndex(to, { align: "auto" });
    focusRow(to);
  };

  return (
    <div className="log-frame">
      <div
        ref={scroller}
        className="scroll chat-log"
        id="log"
        role="log"
        aria-label={to === "crew" ? t("chat.crew") : t("panel.chat")}
        aria-live={atNewest ? "polite" : "off"}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        tabIndex={0}
        data-testid="chat-log"
        onScroll={looked}
        onKeyDown={walk}
        onPointerOver={({ target }) => setPointedAt(rowAt(target))}
        onPointerLeave={() => setPointedAt(undefined)}
        onFocus={({ target }) => setFocused(rowAt(target))}
        onBlur={({ relatedTarget }) => setFocused(rowAt(relatedTarget))}
      >
        {rows.length === 0 ? (
          <div className="empty chat-empty">
            <p className="h4">{t("chat.empty")}</p>
            <p className="small">{to === "crew" ? t("chat.crewEmptyText") : t("chat.emptyText")}</p>
          </div>
        ) : (
          <div className="chat-rows" style={{ height }}>
            {list.getVirtualItems().map(({ index, key, start }) => {
              const row = rows[index];
              return (
                row && (
                  <div
                    key={key}
                    ref={list.measureElement}
                    data-index={index}
                    className="chat-row"
                    tabIndex={-1}
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    <ChatRow
                      row={row}
                      live={live}
                      connected={view.state === "live"}
                      you={view.you}
                      actions={actions}
                      names={names}
                      active={row.key === pointedAt || row.key === focused}
                      onAgain={props.onAgain}
                      onReply={props.onReply}
                      onEdit={props.onEdit}
                      onJump={props.onJump}
                    />
                  </div>
                )
              );
            })}
          </div>
        )}
      </div>
      {!atNewest && (
        <Button variant="solid" size="sm" className="to-newest" onClick={toNewest}>
          <Icon name="down" size="sm" />
          {unread > 0 ? t("chat.newest", { count: unread }) : t("chat.toNewest")}
        </Button>
      )}
    </div>
  );
}
