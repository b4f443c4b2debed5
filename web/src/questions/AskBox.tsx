import { useState } from "react";
import { Button, Icon, useToast } from "../platform/components/index.ts";
import { type Board, closeTo } from "./questions.ts";
import { useText } from "./text.ts";
import type { QuestionsState } from "./useQuestions.ts";

const LONGEST = 280;

/** Where one asks; says when somebody has asked the same. */
export function AskBox({ board, state }: { board: Board; state: QuestionsState }) {
  const { t } = useText();
  const toast = useToast();
  const [text, setText] = useState("");
  const [anonymous, setAnonymous] = useState(false);
  const [pending, setPending] = useState(false);
  const near = closeTo(text, board);
  const ask = async () => {
    const words = text.trim();
    if (!words || pending) return;
    setPending(true);
    if (await state.ask(words, anonymous)) {
      setText("");
      toast({ text: board.moderated && !state.staff ? t("askedHeld") : t("asked") });
    }
    setPending(false);
  };
  return (
    <form
      className="askbox"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      {near && !state.own.has(near.id) && (
        <div className="near">
          <Icon name="match" size="sm" />
          <p>
            {t("closeTo")} <b className="strong">“{near.text}”</b>, {t("votes", { count: near.votes })}
          </p>
          <Button
            variant="quiet"
            size="sm"
            onClick={() => {
              void state.vote(near.id, true).then((voted) => voted && setText(""));
            }}
          >
            {t("voteForIt")}
          </Button>
        </div>
      )}
      <div className="fld">
        <textarea
          rows={1}
          aria-label={t("field")}
          placeholder={t("field")}
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void ask();
          }}
        />
        <div className="foot">
          <label className="check" title={t("anonymousHint")}>
            <input type="checkbox" checked={anonymous} onChange={(event) => setAnonymous(event.target.checked)} />
            <span>{t("askAnonymously")}</span>
          </label>
          <span className="grow" />
          <span className="tiny muted num">
            <span aria-hidden="true">
              {text.length} / {LONGEST}
            </span>
            <span className="sr">{t("length", { used: text.length, most: LONGEST })}</span>
          </span>
          <Button variant="primary" size="sm" type="submit" pending={pending} disabled={!text.trim()}>
            {t("ask")}
          </Button>
        </div>
      </div>
    </form>
  );
}
