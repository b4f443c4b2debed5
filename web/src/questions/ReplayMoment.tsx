import { Badge } from "../platform/components/index.ts";
import { clock } from "../rooms/time.ts";
import type { Question } from "./questions.ts";
import { useText } from "./text.ts";

/** A question that somebody asked at this moment of a replay, with its answer. */
export function ReplayMoment({ question, onSeek }: { question: Question; onSeek: (second: number) => void }) {
  const { t } = useText();
  const second = question.replaySecond ?? 0;
  return (
    <article className="moment" aria-label={question.text} data-testid={`moment-${question.id}`}>
      <p>{question.text}</p>
      <p className="meta">
        {question.state === "answered" ? (
          <Badge tone="success" icon="check">
            {t("isAnswered")}
          </Badge>
        ) : question.state === "held" ? (
          <Badge tone="warning">{t("isHeld")}</Badge>
        ) : (
          <Badge>{t("onReplay")}</Badge>
        )}
        <span>{question.name ?? t("anonymous")}</span>
        <button type="button" className="say num" onClick={() => onSeek(second)}>
          {t("at", { time: clock(second * 1000) })}
        </button>
      </p>
      {question.answer && (
        <p className="small moment-answer">
          <b className="strong">{question.answeredBy}:</b> {question.answer}
        </p>
      )}
    </article>
  );
}
