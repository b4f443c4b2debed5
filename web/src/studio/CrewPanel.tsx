import { lazy, Suspense, useState } from "react";
import { Icon } from "../platform/components/index.ts";
import { waitingIn } from "../questions/questions.ts";
import { useQuestions } from "../questions/useQuestions.ts";
import { Chat } from "../rooms/Chat.tsx";
import { useUnread } from "../rooms/useUnread.ts";
import { Notes } from "./Notes.tsx";
import { Tabs } from "./Tabs.tsx";
import { useText } from "./text.ts";
import type { Backstage } from "./useBackstage.ts";

const Questions = lazy(() => import("../questions/QuestionsPanel.tsx"));

/** Beside a speaker: what the crew says, what the audience says and asks, and one's own notes. */
export function CrewPanel({ backstage }: { backstage: Backstage }) {
  const { t } = useText();
  const [tab, setTab] = useState<"crew" | "notes" | "questions" | "room">("crew");
  const [atNewest, setAtNewest] = useState(true);
  const { crew, crewView, stage, stageView, room, you } = backstage;
  const { count: fromCrew } = useUnread(crew.room, crewView.log.entries, you.id, tab === "crew" && atNewest);
  const { count: fromRoom } = useUnread(stage.room, stageView.log.entries, you.id, tab === "room" && atNewest);
  const questions = useQuestions(stage);
  return (
    <aside className="colp r" id="crew" tabIndex={-1} aria-label={t("panel.label")}>
      <Tabs
        label={t("panel.label")}
        chosen={tab}
        onChoose={setTab}
        tabs={[
          { name: "crew", label: t("panel.crew"), count: fromCrew, fresh: true },
          { name: "notes", label: t("notes.tab"), className: "only-s" },
          { name: "questions", label: t("panel.questions"), count: waitingIn(questions.board) },
          { name: "room", label: t("panel.room"), count: fromRoom, fresh: true },
        ]}
        aside={
          tab === "crew" && (
            <span className="tiny muted row hide-s private-note">
              <Icon name="lock" size="sm" />
              {t("panel.private")}
            </span>
          )
        }
      >
        {tab === "crew" && <Chat live={crew} view={crewView} unread={fromCrew} onAtNewest={setAtNewest} to="crew" />}
        {tab === "room" && <Chat live={stage} view={stageView} unread={fromRoom} onAtNewest={setAtNewest} />}
        {tab === "questions" && (
          <Suspense fallback={null}>
            <Questions state={questions} behind />
          </Suspense>
        )}
        {tab === "notes" && <Notes room={room.id} kept={room.stage?.notes ?? ""} />}
      </Tabs>
      {tab !== "notes" && (
        <div className="hide-s">
          <Notes room={room.id} kept={room.stage?.notes ?? ""} />
        </div>
      )}
    </aside>
  );
}
