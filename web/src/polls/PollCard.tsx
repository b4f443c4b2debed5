import { useId, useState } from "react";
import { Badge, Button, Ring } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { clock, useNow } from "../rooms/time.ts";
import { Ballot } from "./Ballot.tsx";
import type { Choice, Poll } from "./polls.ts";
import { Results } from "./Results.tsx";
import { useText } from "./text.ts";
import type { PollsState } from "./usePolls.ts";

/** A poll: to vote in while it is open, to read when it is closed. */
export function PollCard({ poll, state }: { poll: Poll; state: PollsState }) {
  const { t } = useText();
  const id = useId();
  const mine = state.mine.get(poll.id);
  const open = poll.state === "open";
  const [again, setAgain] = useState(false);
  const voting = open && !(poll.anonymous && mine);
  // As soon as one has voted one sees what the others chose, in the same place: bars are pressed, anything else is asked for again.
  const seen = poll.results != null && (!open || mine !== undefined || state.staff);
  const pressed = voting && seen && poll.kind === "single";
  const asked = voting && !pressed && (!seen || again);
  const vote = async (choice: Choice) => {
    const counted = await state.vote(poll, choice);
    if (counted) setAgain(false);
    return counted;
  };
  const number = formatNumber(poll.voters);
  return (
    <article className="pcard" aria-labelledby={id} data-testid={`poll-${poll.id}`}>
      <header>
        <div>
          {poll.kind === "quiz" && (
            <p className="label">
              {poll.series ? `${poll.series} · ` : ""}
              {t("quizPlace", { place: poll.place })}
            </p>
          )}
          <h3 className={open ? "h3" : "h4"} id={id}>
            {poll.question}
          </h3>
        </div>
        {open && <Left poll={poll} />}
      </header>
      {asked && <Ballot poll={poll} mine={mine} onVote={vote} />}
      {open && mine && poll.anonymous && <p className="small">{t("counted")}</p>}
      {seen && !asked && <Results poll={poll} mine={mine} onVote={pressed ? vote : undefined} />}
      {voting && seen && !pressed && !asked && (
        <Button variant="line" size="sm" onClick={() => setAgain(true)}>
          {mine ? t("change") : t("vote")}
        </Button>
      )}
      <p className="foot">
        <span className="num">
          {open ? t("haveVoted", { count: poll.voters, number }) : t("votes", { count: poll.voters, number })}
        </span>
        <span>
          {poll.anonymous ? t("anonymous") : open && poll.kind === "quiz" ? t("bonus") : open ? t("changeable") : ""}
        </span>
      </p>
      {state.staff && (
        <div className="row wrap">
          {open ? (
            <Button variant="quiet" size="sm" onClick={() => void state.close(poll.id)}>
              {t("close")}
            </Button>
          ) : (
            <>
              <Button variant="ghost" size="sm" onClick={() => void state.open(poll.id)}>
                {t("reopen")}
              </Button>
              <Button variant="ghost" size="sm" onClick={() => void state.remove(poll.id)}>
                {t("remove")}
              </Button>
            </>
          )}
          <a className="btn ghost sm" href={`/polls/${poll.id}.csv`} download>
            {t("export")}
          </a>
        </div>
      )}
    </article>
  );
}

/** How long it is open, or how long an answer earns more. */
function Left({ poll }: { poll: Poll }) {
  const { t } = useText();
  const now = useNow();
  const bonus = poll.kind === "quiz" && poll.bonusSeconds > 0 && poll.openedAt != null;
  const whole = bonus ? poll.bonusSeconds : poll.closesAfter;
  const end = bonus ? (poll.openedAt ?? 0) + poll.bonusSeconds * 1000 : poll.closesAt;
  if (!whole || end == null) return <Badge tone="accent">{t("isOpen")}</Badge>;
  const seconds = Math.max(0, Math.ceil((end - now) / 1000));
  return (
    <Ring left={seconds / whole} size={48}>
      <span role="timer" aria-label={t(bonus ? "bonusLeft" : "closesIn", { count: seconds })} className="poll-left">
        {bonus ? seconds : clock(seconds * 1000)}
      </span>
    </Ring>
  );
}
