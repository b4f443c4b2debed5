import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { Avatar, Badge, Empty } from "../platform/components/index.ts";
import { clock, useNow } from "../rooms/time.ts";
import { useText } from "./text.ts";
import type { QueueItem } from "./useModeration.ts";

export const keyOf = ({ kind, id }: QueueItem) => `${kind}-${id}`;

interface QueueListProps {
  items: readonly QueueItem[];
  /** The server's clock less this device's. */
  ahead: number;
  current: string | undefined;
  onCurrent: (key: string) => void;
  onLet: (item: QueueItem) => void;
  onDecline: (item: QueueItem) => void;
}

/** What waits, longest waiting first. One stop of the tab key; arrows go through it, L and R decide. */
export function QueueList({ items, ahead, current, onCurrent, onLet, onDecline }: QueueListProps) {
  const { t } = useText();
  const list = useRef<HTMLUListElement>(null);
  const at = Math.max(
    0,
    items.findIndex((item) => keyOf(item) === current),
  );
  const focus = useCallback(
    (index: number) => list.current?.querySelectorAll<HTMLElement>("button")[index]?.focus(),
    [],
  );
  // Whatever was decided is gone: the focus goes to what took its place, not to the top of the page.
  const focused = useRef(false);
  const [length, setLength] = useState(items.length);
  useEffect(() => {
    if (items.length < length && focused.current) focus(Math.min(at, items.length - 1));
    setLength(items.length);
  }, [items.length, length, at, focus]);
  const onKey = (event: KeyboardEvent) => {
    const item = items[at];
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = Math.min(items.length - 1, Math.max(0, at + step));
      const one = items[next];
      if (one) onCurrent(keyOf(one));
      focus(next);
    } else if (event.key.toLowerCase() === "l") onLet(item);
    else if (event.key.toLowerCase() === "r") onDecline(item);
  };
  if (items.length === 0) {
    return (
      <Empty icon="check" title={t("empty")}>
        {t("emptyText")}
      </Empty>
    );
  }
  return (
    <ul
      className="mqueue"
      ref={list}
      aria-label={t("waiting")}
      onKeyDown={onKey}
      onFocus={() => {
        focused.current = true;
      }}
      onBlur={(event) => {
        focused.current = event.relatedTarget === null && focused.current;
      }}
    >
      {items.map((item, index) => (
        <li key={keyOf(item)}>
          <button
            type="button"
            className="mitem"
            aria-current={keyOf(item) === current || undefined}
            tabIndex={index === at ? 0 : -1}
            onClick={() => onCurrent(keyOf(item))}
            onFocus={() => onCurrent(keyOf(item))}
          >
            <Avatar name={item.name || t("anonymous")} />
            <span className="strong trunc">
              {item.name || t("anonymous")} <span className="tiny muted">{item.roomName}</span>
            </span>
            <Since at={item.at} ahead={ahead} />
            <span className="words" dir="auto">
              {item.text || t("noWords")}
            </span>
            <span className="foot">
              <Badge tone={item.kind === "report" ? "danger" : item.kind === "held" ? "warning" : "info"}>
                {t(`kind.${item.kind as "report"}`)}
              </Badge>
              <Why item={item} ahead={ahead} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Since({ at, ahead }: { at: number; ahead: number }) {
  const now = useNow();
  return <span className="num tiny muted">{clock(now + ahead - at)}</span>;
}

function Why({ item, ahead }: { item: QueueItem; ahead: number }) {
  const { t } = useText();
  const now = useNow();
  const seconds = item.releaseAt ? Math.ceil((item.releaseAt - now - ahead) / 1000) : 0;
  return (
    <span className="tiny muted num">
      {item.why === "delay" && seconds > 0 ? t("why.delayLeft", { seconds }) : t(`why.${item.why as "words"}`)}
    </span>
  );
}
