import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type UIEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import { useBlocked } from "../profiles/useBlocked.ts";
import { ChatMessage, LeftOutNote, OutgoingMessage, StageNote } from "./ChatMessage.tsx";
import type { LiveRoom, RoomView } from "./live.ts";
import { type Row, rowsOf } from "./rows.ts";
import { useText } from "./text.ts";

const ROW_HEIGHT = 56;
/** This close to the end counts as reading the newest, in pixels. */
const NEAR_END = 48;

interface ChatLogProps {
  live: LiveRoom;
  view: RoomView;
  unread: number;
  onAtNewest: (atNewest: boolean) => void;
  onEdit: (id: string, text: string) => void;
  to?: "crew" | undefined;
}

/**
 * The log of a room: only the rows in sight are in the document, new ones are followed while the reader is at the end
 * and announced politely; arrow keys go from message to message.
 */
export function ChatLog({ live, view, unread, onAtNewest, onEdit, to }: ChatLogProps) {
  const { t } = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const [atNewest, setAtNewest] = useState(true);
  const { entries, seq, snapshot } = view.log;
  const blocked = useBlocked(view.you !== undefined);
  const rows = useMemo(
    () => rowsOf({ entries, seq, snapshot }, view.outbox, blocked),
    [entries, seq, snapshot, view.outbox, blocked],
  );
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

  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !(event.target instanceof HTMLElement)) return;
    event.preventDefault();
    const from = event.target.closest<HTMLElement>("[data-index]")?.dataset["index"];
    const to = from === undefined ? rows.length - 1 : Math.min(rows.length - 1, Math.max(0, Number(from) + step));
    list.scrollToIndex(to, { align: "auto" });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus({ preventScroll: true }),
    );
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
                    <RowView row={row} live={live} view={view} onEdit={onEdit} />
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

interface RowViewProps {
  row: Row;
  live: LiveRoom;
  view: RoomView;
  onEdit: (id: string, text: string) => void;
}

function RowView({ row, live, view, onEdit }: RowViewProps) {
  if ("post" in row) {
    return (
      <OutgoingMessage
        post={row.post}
        connected={view.state === "live"}
        onRetry={() => live.retryPost(row.post.id)}
        onDiscard={() => live.discardPost(row.post.id)}
        onEdit={() => onEdit(row.post.id, row.post.text)}
      />
    );
  }
  if ("left" in row) return <LeftOutNote left={row.left} />;
  if (row.entry.kind === "stage") return <StageNote entry={row.entry} />;
  return <ChatMessage entry={row.entry} own={row.entry.person === view.you?.id} together={row.together} />;
}
