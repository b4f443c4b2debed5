import { useEffect, useState } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import type { Choice, Poll } from "./polls.ts";
import { useText } from "./text.ts";

interface BallotProps {
  poll: Poll;
  mine: Choice | undefined;
  onVote: (choice: Choice) => Promise<boolean>;
}

/** What one presses to vote: one option at once, whatever needs more by a button. */
export function Ballot({ poll, mine, onVote }: BallotProps) {
  switch (poll.kind) {
    case "single":
    case "quiz":
      return <One poll={poll} mine={mine} onVote={onVote} />;
    case "rating":
      return <Rating poll={poll} mine={mine} onVote={onVote} />;
    case "multiple":
      return <Several poll={poll} mine={mine} onVote={onVote} />;
    case "ranking":
      return <Ranking poll={poll} mine={mine} onVote={onVote} />;
    case "words":
      return <Words poll={poll} mine={mine} onVote={onVote} />;
  }
}

function One({ poll, mine, onVote }: BallotProps) {
  const { t } = useText();
  const chosen = mine?.[0];
  const quiz = poll.kind === "quiz";
  return (
    <fieldset className="poll">
      <legend className="sr">{t("chooseOne")}</legend>
      {poll.options.map((option, n) => (
        <button
          type="button"
          key={option}
          className={quiz ? "quizo" : "opt"}
          aria-pressed={chosen === n}
          onClick={() => void onVote([n])}
        >
          {quiz ? <kbd>{String.fromCharCode(65 + n)}</kbd> : <i aria-hidden="true" />}
          <span>{option}</span>
          {chosen === n && (
            <span className="badge accent">
              <Icon name="check" />
              {t("yours")}
            </span>
          )}
        </button>
      ))}
    </fieldset>
  );
}

function Rating({ poll, mine, onVote }: BallotProps) {
  const { t } = useText();
  return (
    <fieldset className="poll-rating">
      <legend className="sr">{t("rate", { most: poll.most })}</legend>
      {Array.from({ length: poll.most }, (_, n) => n + 1).map((n) => (
        <button type="button" key={n} className="rate" aria-pressed={mine?.[0] === n} onClick={() => void onVote([n])}>
          {n}
        </button>
      ))}
    </fieldset>
  );
}

function Several({ poll, mine, onVote }: BallotProps) {
  const { t } = useText();
  const [picks, setPicks] = useState<readonly number[]>((mine as readonly number[] | undefined) ?? []);
  const full = picks.length >= poll.most;
  return (
    <form
      className="poll"
      onSubmit={(event) => {
        event.preventDefault();
        if (picks.length > 0) void onVote(picks);
      }}
    >
      <fieldset className="poll">
        <legend className="small muted">{t("chooseUpTo", { count: poll.most })}</legend>
        {poll.options.map((option, n) => {
          const on = picks.includes(n);
          return (
            <label key={option} className="opt">
              <input
                type="checkbox"
                checked={on}
                disabled={full && !on}
                onChange={() => setPicks(on ? picks.filter((one) => one !== n) : [...picks, n])}
              />
              <span>{option}</span>
            </label>
          );
        })}
      </fieldset>
      <Send mine={mine} disabled={picks.length === 0} />
    </form>
  );
}

function Ranking({ poll, mine, onVote }: BallotProps) {
  const { t } = useText();
  const [order, setOrder] = useState<readonly number[]>(
    (mine as readonly number[] | undefined) ?? poll.options.map((_, n) => n),
  );
  const move = (at: number, by: number) => {
    const next = [...order];
    const [moved] = next.splice(at, 1);
    if (moved === undefined) return;
    next.splice(at + by, 0, moved);
    setOrder(next);
  };
  return (
    <form
      className="poll"
      onSubmit={(event) => {
        event.preventDefault();
        void onVote(order);
      }}
    >
      <ol className="poll-ranking" aria-label={t("rank")}>
        {order.map((option, at) => (
          <li key={option} className="opt">
            <b className="num">{at + 1}</b>
            <span>{poll.options[option]}</span>
            <span className="row">
              <Button
                variant="ghost"
                size="sm"
                disabled={at === 0}
                aria-label={t("up", { option: poll.options[option] })}
                onClick={() => move(at, -1)}
              >
                ↑
              </Button>
              <Button
                variant="ghost"
                size="sm"
                disabled={at === order.length - 1}
                aria-label={t("down", { option: poll.options[option] })}
                onClick={() => move(at, 1)}
              >
                ↓
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <Send mine={mine} disabled={false} />
    </form>
  );
}

function Words({ poll, mine, onVote }: BallotProps) {
  const { t } = useText();
  const [words, setWords] = useState<readonly string[]>([]);
  useEffect(() => setWords((mine as readonly string[] | undefined) ?? []), [mine]);
  const said = words.filter((word) => word?.trim());
  return (
    <form
      className="poll"
      onSubmit={(event) => {
        event.preventDefault();
        if (said.length > 0) void onVote(said);
      }}
    >
      {Array.from({ length: poll.most }, (_, n) => (
        <input
          // biome-ignore lint/suspicious/noArrayIndexKey: the fields are only told apart by their place
          key={n}
          className="input"
          aria-label={t("word", { count: n + 1 })}
          placeholder={t("word", { count: n + 1 })}
          maxLength={30}
          autoComplete="off"
          value={words[n] ?? ""}
          onChange={(event) => {
            const next = Array.from({ length: poll.most }, (_, at) => words[at] ?? "");
            next[n] = event.target.value;
            setWords(next);
          }}
        />
      ))}
      <Send mine={mine} disabled={said.length === 0} />
    </form>
  );
}

function Send({ mine, disabled }: { mine: Choice | undefined; disabled: boolean }) {
  const { t } = useText();
  return (
    <Button variant={mine ? "line" : "primary"} type="submit" disabled={disabled}>
      {mine ? t("change") : t("vote")}
    </Button>
  );
}
