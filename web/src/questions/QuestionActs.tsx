import { useState } from "react";
import { Button } from "../platform/components/index.ts";
import type { Board, Question } from "./questions.ts";
import { useText } from "./text.ts";
import type { QuestionsState } from "./useQuestions.ts";

/** What the staff does about a question, and a speaker. */
export function QuestionActs({ question, board, state }: { question: Question; board: Board; state: QuestionsState }) {
  const { t } = useText();
  const { id } = question;
  const [writing, setWriting] = useState(false);
  const [merging, setMerging] = useState(false);
  const [answer, setAnswer] = useState("");
  const others = [...board.questions.values()].filter((one) => one.id !== id && one.state === "open");
  if (question.state === "held" || question.state === "dismissed") {
    if (!state.staff) return null;
    return (
      <div className="acts">
        <Button variant="quiet" size="sm" onClick={() => void state.admit(id)}>
          {question.state === "held" ? t("admit") : t("restore")}
        </Button>
        {question.state === "held" && (
          <Button variant="ghost" size="sm" onClick={() => void state.dismiss(id)}>
            {t("dismiss")}
          </Button>
        )}
      </div>
    );
  }
  if (question.state === "answered") return null;
  const queued = [...board.questions.values()]
    .filter((one) => one.state === "open" && one.place != null && one.id !== id)
    .sort((one, other) => (one.place ?? 0) - (other.place ?? 0))
    .map((one) => one.id);
  if (writing) {
    return (
      <form
        className="stack acts-form"
        onSubmit={(event) => {
          event.preventDefault();
          void state.answer(id, answer.trim()).then((sent) => sent && setWriting(false));
        }}
      >
        <textarea
          // biome-ignore lint/a11y/noAutofocus: it was asked for by a press
          autoFocus
          className="input"
          rows={3}
          maxLength={1000}
          aria-label={t("answerField")}
          value={answer}
          onChange={(event) => setAnswer(event.target.value)}
        />
        <div className="row">
          <Button variant="primary" size="sm" type="submit" disabled={!answer.trim()}>
            {t("sendAnswer")}
          </Button>
          <Button variant="ghost" size="sm" onClick={() => setWriting(false)}>
            {t("cancel")}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className="acts wrap">
      {question.state === "live" ? (
        <Button variant="quiet" size="sm" onClick={() => void state.answer(id)}>
          {t("done")}
        </Button>
      ) : (
        <Button variant="quiet" size="sm" onClick={() => void state.stage(id)}>
          {t("stage")}
        </Button>
      )}
      <Button variant="ghost" size="sm" onClick={() => setWriting(true)}>
        {t("write")}
      </Button>
      {question.state === "open" && question.place !== 1 && (
        <Button variant="ghost" size="sm" onClick={() => void state.order([id, ...queued])}>
          {t("first")}
        </Button>
      )}
      {state.staff && question.state === "open" && others.length > 0 && !merging && (
        <Button variant="ghost" size="sm" onClick={() => setMerging(true)}>
          {t("merge")}
        </Button>
      )}
      {state.staff && question.state === "open" && !merging && (
        <Button variant="ghost" size="sm" onClick={() => void state.dismiss(id)}>
          {t("dismiss")}
        </Button>
      )}
      {merging && (
        <MergeForm others={others} onMerge={(into) => void state.merge(id, into)} onCancel={() => setMerging(false)} />
      )}
    </div>
  );
}

interface MergeFormProps {
  others: readonly Question[];
  onMerge: (into: string) => void;
  onCancel: () => void;
}

/** Which one asks the same and stays. */
function MergeForm({ others, onMerge, onCancel }: MergeFormProps) {
  const { t } = useText();
  const [into, setInto] = useState("");
  return (
    <form
      className="row wrap"
      onSubmit={(event) => {
        event.preventDefault();
        if (into) onMerge(into);
      }}
    >
      <select
        // biome-ignore lint/a11y/noAutofocus: it was asked for by a press
        autoFocus
        className="select"
        aria-label={t("mergeInto")}
        value={into}
        onChange={(event) => setInto(event.target.value)}
      >
        <option value="">{t("mergeInto")}</option>
        {others.map((one) => (
          <option key={one.id} value={one.id}>
            {one.text}
          </option>
        ))}
      </select>
      <Button variant="quiet" size="sm" type="submit" disabled={!into}>
        {t("merge")}
      </Button>
      <Button variant="ghost" size="sm" onClick={onCancel}>
        {t("cancel")}
      </Button>
    </form>
  );
}
