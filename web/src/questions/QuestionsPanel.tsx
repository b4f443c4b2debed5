import "./questions.css";
import { useEffect, useRef, useState } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import { AskBox } from "./AskBox.tsx";
import { QuestionRow } from "./QuestionRow.tsx";
import { listed, type Shown, type Sorting } from "./questions.ts";
import { useText } from "./text.ts";
import type { QuestionsState } from "./useQuestions.ts";

interface QuestionsPanelProps {
  state: QuestionsState;
  /** Behind the stage, where one answers and does not ask. */
  behind?: boolean;
}

/** The questions of a room, for whoever is in it; its staff and speakers can do more. */
export default function QuestionsPanel({ state, behind = false }: QuestionsPanelProps) {
  const { t } = useText();
  const { board, staff, own } = state;
  const [sorting, setSorting] = useState<Sorting>("votes");
  const [shown, setShown] = useState<Shown>("open");
  if (!board) return <div className="scroll" aria-busy="true" />;
  const questions = listed(board, sorting, shown, own);
  const answered = [...board.questions.values()].filter((one) => one.state === "answered").length;
  const toggle = (which: Shown) => setShown(shown === which ? "open" : which);
  return (
    <>
      <div className="pbar">
        <div className="seg" role="group" aria-label={t("sort")}>
          {(["votes", "newest"] as const).map((one) => (
            <button type="button" key={one} aria-pressed={sorting === one} onClick={() => setSorting(one)}>
              {one === "votes" ? t("byVotes") : t("newest")}
            </button>
          ))}
        </div>
        <div className="row filters">
          {staff && (
            <Button variant="ghost" size="sm" aria-pressed={shown === "held"} onClick={() => toggle("held")}>
              {t("held")}
              {board.held > 0 && <span className="count new">{board.held}</span>}
            </Button>
          )}
          <Button variant="ghost" size="sm" aria-pressed={shown === "answered"} onClick={() => toggle("answered")}>
            <Icon name="check" size="sm" />
            {t("answered")}
            {answered > 0 && <span className="count">{answered}</span>}
          </Button>
        </div>
      </div>
      <News state={state} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <section className="scroll" tabIndex={0} aria-label={t("list")}>
        {staff && shown === "held" && <Settings state={state} />}
        {questions.length > 0 ? (
          <ul>
            {questions.map((question) => (
              <QuestionRow key={question.id} question={question} board={board} state={state} />
            ))}
          </ul>
        ) : (
          <div className="questions-empty">
            {shown === "open" && <p className="strong">{t("empty")}</p>}
            <p className="small muted">
              {shown === "open" ? t("emptyText") : shown === "answered" ? t("emptyAnswered") : t("emptyHeld")}
            </p>
          </div>
        )}
      </section>
      {behind ? null : board.closed && !staff ? (
        <p className="askbox small muted">{t("closed")}</p>
      ) : (
        <AskBox board={board} state={state} />
      )}
    </>
  );
}

/** How questions are asked here. */
function Settings({ state }: { state: QuestionsState }) {
  const { t } = useText();
  const { board, set } = state;
  if (!board) return null;
  return (
    <div className="questions-settings">
      <label className="check">
        <input
          type="checkbox"
          checked={board.moderated}
          onChange={(event) => void set(event.target.checked, board.closed)}
        />
        <span>{t("moderated")}</span>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={!board.closed}
          onChange={(event) => void set(board.moderated, !event.target.checked)}
        />
        <span>{t("taking")}</span>
      </label>
    </div>
  );
}

/** Says politely what is new: how many questions came, and which one is on stage; never each vote. */
function News({ state }: { state: QuestionsState }) {
  const { t } = useText();
  const [words, setWords] = useState("");
  const seen = useRef<ReadonlySet<string>>(undefined);
  const stage = useRef<string>(undefined);
  useEffect(() => {
    const all = [...(state.board?.questions.values() ?? [])];
    const live = all.find((one) => one.state === "live");
    const ids = new Set(all.filter((one) => one.state === "open").map(({ id }) => id));
    if (live && stage.current !== live.id && seen.current) setWords(t("nowOnStage", { text: live.text }));
    stage.current = live?.id;
    const before = seen.current;
    const timer = setTimeout(
      () => {
        const fresh = before ? [...ids].filter((id) => !before.has(id) && !state.own.has(id)).length : 0;
        if (fresh > 0) setWords(t("news", { count: fresh }));
        seen.current = ids;
      },
      before ? 3_000 : 0,
    );
    return () => clearTimeout(timer);
  }, [state.board, state.own, t]);
  return (
    <p className="sr" role="status">
      {words}
    </p>
  );
}
