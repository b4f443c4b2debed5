import { type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import { usePolls } from "../polls/usePolls.ts";
import { waitingIn } from "../questions/questions.ts";
import { useQuestions } from "../questions/useQuestions.ts";
import { Chat } from "./Chat.tsx";
import type { LiveRoom, RoomView } from "./live.ts";
import { People } from "./People.tsx";
import type { RoomOfPage } from "./RoomPage.tsx";
import { useText } from "./text.ts";
import { useUnread } from "./useUnread.ts";

const TABS = ["chat", "questions", "polls", "people"] as const;

/** The chat does not wait for what is beside it. */
const RoomQuestions = lazy(() => import("../questions/QuestionsPanel.tsx"));
const MutedLine = lazy(() => import("../moderation/MutedLine.tsx"));
const RoomPolls = lazy(() => import("../polls/PollsPanel.tsx"));

export type Tab = (typeof TABS)[number];

interface PanelProps {
  room: RoomOfPage;
  live: LiveRoom;
  view: RoomView;
  tab: Tab;
  onTab: (tab: Tab) => void;
  hidden: boolean;
  onHide: (hidden: boolean) => void;
}

/** The one side panel of a room. */
export function Panel({ room, live, view, tab, onTab: setTab, hidden, onHide }: PanelProps) {
  const { t } = useText();
  const [atNewest, setAtNewest] = useState(true);
  const seeing = tab === "chat" && !hidden && atNewest;
  const { count: unread, forYou, after } = useUnread(live.room, view.log.entries, view.you?.id, seeing);
  const questions = useQuestions(live);
  const polls = usePolls(live);
  const waiting = waitingIn(questions.board);
  const running = polls.polls.filter(({ id, state }) => state === "open" && !polls.mine.has(id)).length;
  const buttons = useRef<Partial<Record<Tab, HTMLButtonElement | null>>>({});
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? "chat";
    setTab(next);
    buttons.current[next]?.focus();
  };

  if (hidden) {
    return (
      <Button variant="quiet" size="sm" className="panel-open" id="room-panel" onClick={() => onHide(false)}>
        <Icon name="chat" size="sm" />
        {t("panel.expand")}
        {unread > 0 && <span className="count new">{unread}</span>}
      </Button>
    );
  }
  return (
    <aside className="panel" id="room-panel" tabIndex={-1} aria-label={t("panel.label")}>
      <div className="tabs">
        <div className="row grow tab-list" role="tablist" aria-label={t("panel.tabs")} onKeyDown={walk}>
          {TABS.map((name) => (
            <button
              type="button"
              key={name}
              ref={(button) => {
                buttons.current[name] = button;
              }}
              className="tab"
              role="tab"
              id={`tab-${name}`}
              aria-selected={tab === name}
              aria-controls="panel-content"
              tabIndex={tab === name ? 0 : -1}
              onClick={() => setTab(name)}
            >
              {t(`panel.${name}`)}
              {name === "chat" && tab !== "chat" && unread > 0 && (
                <span className="count new">
                  <span className="sr">{t("panel.unread", { count: unread })}</span>
                  {forYou > 0 && <span className="sr">{t("chat.forYou", { count: forYou })}</span>}
                  <span aria-hidden="true">
                    {forYou > 0 && "@"}
                    {unread}
                  </span>
                </span>
              )}
              {name === "questions" && waiting > 0 && <span className="count">{waiting}</span>}
              {name === "polls" && running > 0 && <span className="count new">{running}</span>}
            </button>
          ))}
        </div>
        <Button
          variant="ghost"
          size="sm"
          icon
          className="panel-hide"
          aria-label={t("panel.collapse")}
          onClick={() => onHide(true)}
        >
          <Icon name="right" size="sm" />
        </Button>
      </div>
      <Suspense fallback={null}>
        <MutedLine event={room.event.id} room={room.id} />
      </Suspense>
      <div className="panel-content" id="panel-content" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === "chat" && (
          <Chat live={live} view={view} unread={unread} unreadAfter={after} onAtNewest={setAtNewest} />
        )}
        {tab === "people" && <People room={room} view={view} />}
        <Suspense fallback={null}>
          {tab === "questions" && <RoomQuestions state={questions} />}
          {tab === "polls" && <RoomPolls state={polls} />}
        </Suspense>
      </div>
    </aside>
  );
}
