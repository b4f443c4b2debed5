import { useState } from "react";
import { Link, useParams } from "wouter";
import { Badge, Button, Icon, LiveBadge } from "../platform/components/index.ts";
import { formatMinutes } from "../platform/time/format.ts";
import { clock, useNow } from "../rooms/time.ts";
import { QuestionActs } from "./QuestionActs.tsx";
import type { Board, Question } from "./questions.ts";
import { useText } from "./text.ts";
import type { QuestionsState } from "./useQuestions.ts";

const MINUTE = 60_000;

/** A question, what became of it, and what whoever reads it may do. */
export function QuestionRow({ question, board, state }: { question: Question; board: Board; state: QuestionsState }) {
  const { t } = useText();
  const now = useNow();
  const { id, text, name, votes } = question;
  const mine = state.own.has(id);
  const [editing, setEditing] = useState(false);
  const minutes = Math.floor(Math.max(0, now - question.at) / MINUTE);
  const look =
    question.state === "live" ? "qa now" : question.state === "answered" ? "qa done" : mine ? "qa mine" : "qa";
  return (
    <li className={look} data-testid={`question-${id}`}>
      <Votes question={question} mine={mine} state={state} />
      <div>
        {editing ? (
          <Edit text={text} onSave={(next) => state.edit(id, next)} onDone={() => setEditing(false)} />
        ) : (
          <p>{text}</p>
        )}
        <p className="meta">
          {question.state === "live" && <LiveBadge>{t("onStage")}</LiveBadge>}
          {question.state === "answered" && (
            <Badge tone="success" icon="check">
              {t("isAnswered")}
            </Badge>
          )}
          {question.state === "held" && <Badge tone="warning">{t("isHeld")}</Badge>}
          {question.state === "dismissed" && <Badge>{t("isDismissed")}</Badge>}
          <span className={mine ? "strong" : undefined}>{mine ? t("you") : (name ?? t("anonymous"))}</span>
          {minutes > 0 && question.state === "open" && <span>{formatMinutes(minutes)}</span>}
          {question.replaySecond != null && <Moment question={question} second={question.replaySecond} />}
          {question.place != null && (
            <span className="badge" title={t("place", { place: question.place })}>
              <span aria-hidden="true">{question.place}.</span>
              <span className="sr">{t("place", { place: question.place })}</span>
            </span>
          )}
          {question.merged > 0 && <Badge>{t("merged", { count: question.merged })}</Badge>}
          {mine && question.state === "open" && votes === 0 && question.merged === 0 && !editing && (
            <button type="button" className="say" onClick={() => setEditing(true)}>
              {t("edit")}
            </button>
          )}
          {mine && (question.state === "open" || question.state === "held") && (
            <button type="button" className="say" onClick={() => void state.withdraw(id)}>
              {t("withdraw")}
            </button>
          )}
        </p>
        {question.answer && (
          <blockquote className="question-answer">
            <p>{question.answer}</p>
            <p className="tiny muted">{question.answeredBy}</p>
          </blockquote>
        )}
        {state.speaks && <QuestionActs question={question} board={board} state={state} />}
      </div>
    </li>
  );
}

/** Where on the replay it was asked. */
function Moment({ question, second }: { question: Question; second: number }) {
  const { t } = useText();
  const { slug } = useParams<{ slug?: string }>();
  const words = t("at", { time: clock(second * 1000) });
  if (!slug || !question.replay) return <span>{words}</span>;
  return (
    <Link className="say" href={`/e/${slug}/replays/${question.replay}?t=${second}`}>
      {words}
    </Link>
  );
}

function Votes({ question, mine, state }: { question: Question; mine: boolean; state: QuestionsState }) {
  const { t } = useText();
  const { id, text, votes } = question;
  const on = state.voted.has(id);
  const drawn = (
    <>
      <Icon name="upv" size="sm" />
      {votes}
    </>
  );
  if (mine || (question.state !== "open" && question.state !== "live")) {
    return (
      <div className="up" role="img" aria-label={t("votes", { count: votes })}>
        {drawn}
      </div>
    );
  }
  return (
    <button
      type="button"
      className="up"
      aria-pressed={on}
      aria-label={t(on ? "unvote" : "vote", { count: votes, text })}
      onClick={() => void state.vote(id, !on)}
    >
      {drawn}
    </button>
  );
}

interface EditProps {
  text: string;
  onSave: (text: string) => Promise<boolean>;
  onDone: () => void;
}

function Edit({ text, onSave, onDone }: EditProps) {
  const { t } = useText();
  const [draft, setDraft] = useState(text);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(draft).then((saved) => saved && onDone());
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for by a press
        autoFocus
        className="input"
        aria-label={t("edit")}
        value={draft}
        maxLength={280}
        onChange={(event) => setDraft(event.target.value)}
      />
      <div className="row">
        <Button variant="primary" size="sm" type="submit" disabled={!draft.trim()}>
          {t("save")}
        </Button>
        <Button variant="ghost" size="sm" onClick={onDone}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
