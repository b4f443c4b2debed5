import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Chat } from "../rooms/Chat.tsx";
import type { LiveRoom, RoomView } from "../rooms/live.ts";
import { useUnread } from "../rooms/useUnread.ts";
import { ReadyList, useReadiness } from "./ReadyList.tsx";
import { useText } from "./text.ts";
import type { Studio } from "./useStudio.ts";

const TABS = ["ready", "chat"] as const;
type Tab = (typeof TABS)[number];

interface StudioPanelProps {
  studio: Studio;
  live: LiveRoom;
  view: RoomView;
  container: string;
}

/** Before the start: is everything ready; after it: what the room says. */
export function StudioPanel({ studio, live, view, container }: StudioPanelProps) {
  const { t } = useText();
  const [tab, setTab] = useState<Tab>("ready");
  const [atNewest, setAtNewest] = useState(true);
  const facts = useReadiness(studio, view, container);
  const unread = useUnread(view.log.entries, view.you?.id, tab === "chat" && atNewest);
  const buttons = useRef<Partial<Record<Tab, HTMLButtonElement | null>>>({});
  const onAir = studio.phase === "live";
  useEffect(() => {
    if (onAir) setTab("chat");
  }, [onAir]);
  const walk = (event: KeyboardEvent) => {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const next = tab === "ready" ? "chat" : "ready";
    setTab(next);
    buttons.current[next]?.focus();
  };
  const done = facts.filter((fact) => fact.ok).length;
  return (
    <aside className="colp r" aria-label={t("studio.panel")}>
      <div className="tabs studio-tabs" role="tablist" aria-label={t("studio.panel")} onKeyDown={walk}>
        {TABS.map((name) => (
          <button
            type="button"
            key={name}
            ref={(button) => {
              buttons.current[name] = button;
            }}
            className="tab"
            role="tab"
            id={`studio-${name}`}
            aria-selected={tab === name}
            aria-controls="studio-content"
            tabIndex={tab === name ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {t(`studio.${name}`)}
            {name === "ready" && (
              <span className="count">
                {done}/{facts.length}
              </span>
            )}
            {name === "chat" && unread > 0 && <span className="count new">{unread}</span>}
          </button>
        ))}
      </div>
      <div className="panel-content" id="studio-content" role="tabpanel" aria-labelledby={`studio-${tab}`}>
        {tab === "ready" ? (
          <ReadyList facts={facts} />
        ) : (
          <Chat live={live} view={view} unread={unread} onAtNewest={setAtNewest} />
        )}
      </div>
    </aside>
  );
}
