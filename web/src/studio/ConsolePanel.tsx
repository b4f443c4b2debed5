import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { waitingIn } from "../questions/questions.ts";
import { useQuestions } from "../questions/useQuestions.ts";
import { Chat } from "../rooms/Chat.tsx";
import { useUnread } from "../rooms/useUnread.ts";
import { ReadyList, useReadiness } from "../stage/ReadyList.tsx";
import { StageList } from "./StageList.tsx";
import { type PanelTab, Tabs } from "./Tabs.tsx";
import { useText } from "./text.ts";
import type { Backstage } from "./useBackstage.ts";

const Questions = lazy(() => import("../questions/QuestionsPanel.tsx"));

/** Only events with a run of show need it. */
const NextCue = lazy(() => import("../shows/NextCue.tsx"));

type Tab = "ready" | "stage" | "questions" | "crew" | "room";

interface ConsolePanelProps {
  backstage: Backstage;
  live: boolean;
  /** Comes to the front, with the name of somebody to write to. */
  mention: { name: string } | undefined;
}

/** The producer's right side: what is missing before the start, who is on, the crew, the audience. */
export function ConsolePanel({ backstage, live, mention }: ConsolePanelProps) {
  const { t } = useText();
  const { plan, direct, studio, room, you, crew, crewView, stage, stageView } = backstage;
  const [tab, setTab] = useState<Tab>(live ? "stage" : "ready");
  const [atNewest, setAtNewest] = useState(true);
  const facts = useReadiness(studio, stageView, room.stage?.container ?? "video/mp4");
  const { count: fromCrew } = useUnread(crew.room, crewView.log.entries, you.id, tab === "crew" && atNewest);
  const { count: fromRoom } = useUnread(stage.room, stageView.log.entries, you.id, tab === "room" && atNewest);
  const questions = useQuestions(stage);
  const alone = backstage.people.every((somebody) => somebody.you);
  const first = useRef<Tab>("stage");
  first.current = alone ? "room" : "stage";
  useEffect(() => {
    if (live) setTab((before) => (before === "ready" ? first.current : before));
  }, [live]);
  useEffect(() => {
    if (mention) setTab("crew");
  }, [mention]);
  const done = facts.filter((fact) => fact.ok).length;
  const ready: PanelTab<Tab> = { name: "ready", label: t("panel.ready"), count: `${done}/${facts.length}` };
  return (
    <aside className="colp r" id="crew" tabIndex={-1} aria-label={t("panel.label")}>
      {(you.role === "organizer" || you.role === "producer") && (
        <Suspense>
          <NextCue event={room.event.id} named={{ sessions: room.sessions, rooms: [room] }} />
        </Suspense>
      )}
      <Tabs
        label={t("panel.label")}
        chosen={tab}
        onChoose={setTab}
        tabs={[
          ...(live ? [] : [ready]),
          { name: "stage", label: t("panel.stage"), count: plan.on.length },
          { name: "questions", label: t("panel.questions"), count: waitingIn(questions.board) },
          { name: "crew", label: t("panel.crewShort"), count: fromCrew, fresh: true },
          { name: "room", label: t("panel.room"), count: fromRoom, fresh: true },
        ]}
      >
        {tab === "ready" && <ReadyList facts={facts} />}
        {tab === "stage" && <StageList plan={plan} direct={direct} />}
        {tab === "questions" && (
          <Suspense fallback={null}>
            <Questions state={questions} behind />
          </Suspense>
        )}
        {tab === "crew" && (
          <Chat
            live={crew}
            view={crewView}
            unread={fromCrew}
            onAtNewest={setAtNewest}
            to="crew"
            begin={mention && `@${mention.name} `}
          />
        )}
        {tab === "room" && <Chat live={stage} view={stageView} unread={fromRoom} onAtNewest={setAtNewest} />}
      </Tabs>
    </aside>
  );
}
