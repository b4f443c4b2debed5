import { useState } from "react";
import { AnswerAppealDocument } from "../gql/graphql.ts";
import { Avatar, Button, TextAreaField } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { Ladder } from "./Ladder.tsx";
import { PersonFacts } from "./PersonFacts.tsx";
import { useText } from "./text.ts";
import { useAct } from "./useAct.ts";
import type { QueueItem } from "./useModeration.ts";

interface ItemDetailProps {
  event: string;
  item: QueueItem;
  onLet: () => void;
  onDecline: () => void;
  onDone: () => void;
}

/** One thing that waits, what is known about it, and what can be decided. */
export function ItemDetail({ event, item, onLet, onDecline, onDone }: ItemDetailProps) {
  const { t } = useText();
  const lines = linesOf(item.context);
  return (
    <section className="mdetail stack" aria-label={t("details")}>
      <div className="row">
        <Avatar name={item.name || t("anonymous")} size="md" />
        <div className="grow">
          <h2 className="h3">{item.name || t("anonymous")}</h2>
          <p className="small muted">{item.roomName}</p>
        </div>
      </div>
      <blockquote className="mwords" dir="auto">
        {item.text || t("noWords")}
      </blockquote>
      {lines.length > 0 && (
        <div>
          <h3 className="small strong">{t("inItsPlace")}</h3>
          <ul className="mcontext">
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines do not move
              <li key={index} dir="auto">
                {line}
              </li>
            ))}
          </ul>
        </div>
      )}
      {item.kind === "appeal" ? (
        <Answer item={item} onDone={onDone} />
      ) : (
        <div>
          <h3 className="small strong">{t("thisMessage")}</h3>
          <div className="row wrap">
            <Button variant="primary" onClick={onLet}>
              {item.kind === "report" ? t("leaveIt") : item.kind === "question" ? t("approve") : t("letThrough")}
            </Button>
            {item.kind !== "report" && (
              <Button variant="line" onClick={onDecline}>
                {item.kind === "question" ? t("dismiss") : t("decline")}
              </Button>
            )}
          </div>
        </div>
      )}
      {item.person && item.kind !== "appeal" && (
        <div className="stack">
          <h3 className="small strong">{t("thisPerson")}</h3>
          <PersonFacts event={event} person={item.person} />
          <Ladder
            event={event}
            person={{ id: item.person, name: item.name }}
            room={item.room ?? undefined}
            onDone={onDone}
          />
        </div>
      )}
    </section>
  );
}

function Answer({ item, onDone }: { item: QueueItem; onDone: () => void }) {
  const { t } = useText();
  const [answer, setAnswer] = useState("");
  const { run, pending } = useAct(onDone);
  const say = (lift: boolean) => run(() => send(AnswerAppealDocument, { restriction: item.id, answer, lift }));
  return (
    <div className="stack">
      <TextAreaField
        label={t("answer")}
        hint={t("answerHint")}
        maxLength={1000}
        rows={3}
        value={answer}
        onChange={(change) => setAnswer(change.target.value)}
      />
      <div className="row wrap">
        <Button variant="primary" pending={pending} disabled={!answer.trim()} onClick={() => void say(true)}>
          {t("answerAndLift")}
        </Button>
        <Button variant="line" pending={pending} disabled={!answer.trim()} onClick={() => void say(false)}>
          {t("answerOnly")}
        </Button>
      </div>
    </div>
  );
}

/** What a reporter sent along: lines with who said them, or the text as it is. */
function linesOf(context: string | null | undefined): string[] {
  if (!context) return [];
  try {
    const parsed: unknown = JSON.parse(context);
    const lines = Array.isArray(parsed) ? parsed : [parsed];
    return lines.flatMap((line) => {
      if (typeof line === "string") return [line];
      if (typeof line !== "object" || line === null) return [];
      const { by, text } = line as { by?: unknown; text?: unknown };
      return typeof text === "string" ? [typeof by === "string" ? `${by}: ${text}` : text] : [];
    });
  } catch {
    return [];
  }
}
