import "./polls.css";
import { useEffect, useRef, useState } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import { Leaderboard } from "./Leaderboard.tsx";
import { PollCard } from "./PollCard.tsx";
import { PollDialog } from "./PollDialog.tsx";
import type { Poll } from "./polls.ts";
import { useText } from "./text.ts";
import type { PollsState } from "./usePolls.ts";

/** The polls of a room: the open ones first, then the latest results; the staff makes and opens them here. */
export default function PollsPanel({ state }: { state: PollsState }) {
  const { t } = useText();
  const [editing, setEditing] = useState<Poll | "new">();
  const of = (which: Poll["state"]) => state.polls.filter((poll) => poll.state === which);
  const open = of("open");
  const closed = of("closed").sort((one, other) => (other.closesAt ?? 0) - (one.closesAt ?? 0));
  const drafts = of("draft");
  const series = [...open, ...closed].find((poll) => poll.kind === "quiz");
  return (
    <>
      <Announce polls={state.polls} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <section className="scroll" tabIndex={0} aria-label={t("list")} aria-busy={!state.known || undefined}>
        {state.known && state.polls.length === 0 && (
          <div className="polls-empty">
            <p className="strong">{t("empty")}</p>
            <p className="small muted">{t("emptyText")}</p>
          </div>
        )}
        {open.map((poll) => (
          <PollCard key={poll.id} poll={poll} state={state} />
        ))}
        {series && (
          <Leaderboard
            room={state.room}
            series={series.series}
            closed={closed.filter((p) => p.kind === "quiz").length}
          />
        )}
        {closed.length > 0 && (
          <h2 className="phead2">
            {t("earlier")} <span className="muted">{closed.length}</span>
          </h2>
        )}
        {closed.map((poll) => (
          <PollCard key={poll.id} poll={poll} state={state} />
        ))}
        {drafts.length > 0 && (
          <h2 className="phead2">
            {t("drafts")} <span className="muted">{drafts.length}</span>
          </h2>
        )}
        {drafts.map((poll) => (
          <article className="pcard" key={poll.id} aria-label={poll.question}>
            <header>
              <p className="strong">{poll.question}</p>
              <span className="badge">{t(`kind.${poll.kind}`)}</span>
            </header>
            <div className="row wrap">
              <Button variant="primary" size="sm" onClick={() => void state.open(poll.id)}>
                {t("open")}
              </Button>
              <Button variant="ghost" size="sm" onClick={() => setEditing(poll)}>
                {t("edit")}
              </Button>
              <Button variant="ghost" size="sm" onClick={() => void state.remove(poll.id)}>
                {t("remove")}
              </Button>
            </div>
          </article>
        ))}
      </section>
      {state.staff && (
        <div className="polls-new">
          <Button variant="line" block onClick={() => setEditing("new")}>
            <Icon name="plus" size="sm" />
            {t("new")}
          </Button>
        </div>
      )}
      {editing && (
        <PollDialog
          poll={editing === "new" ? undefined : editing}
          state={state}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

/** Says politely that a poll was opened or closed; never each vote. */
function Announce({ polls }: { polls: readonly Poll[] }) {
  const { t } = useText();
  const [words, setWords] = useState("");
  const before = useRef<ReadonlyMap<string, Poll["state"]>>(undefined);
  useEffect(() => {
    for (const { id, state, question } of polls) {
      if (!before.current || before.current.get(id) === state || state === "draft") continue;
      setWords(t(state === "open" ? "opened" : "closedNow", { question }));
    }
    before.current = new Map(polls.map(({ id, state }) => [id, state]));
  }, [polls, t]);
  return (
    <p className="sr" role="status">
      {words}
    </p>
  );
}
