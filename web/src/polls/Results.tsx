import { Icon } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { type Choice, mean, type Poll, share } from "./polls.ts";
import { useText } from "./text.ts";

interface ResultsProps {
  poll: Poll;
  mine: Choice | undefined;
  /** Each bar votes for what it shows. */
  onVote?: ((choice: Choice) => Promise<boolean>) | undefined;
}

/** How many chose what: bars with their numbers, or a cloud of words; each is a list to who listens. */
export function Results({ poll, mine, onVote }: ResultsProps) {
  const { t } = useText();
  const results = poll.results ?? [];
  const highest = Math.max(1, ...results.map(({ count }) => count));
  if (poll.kind === "words") {
    return (
      <ul className="poll-cloud" aria-label={t("results")}>
        {results.map(({ label, count }) => (
          <li key={label} style={{ "--w": count / highest } as React.CSSProperties}>
            {label}
            <span className="sr">{t("times", { count })}</span>
          </li>
        ))}
      </ul>
    );
  }
  const average = poll.kind === "rating" ? mean(poll) : undefined;
  return (
    <>
      {average !== undefined && <p className="strong">{t("mean", { mean: average.toFixed(1), most: poll.most })}</p>}
      <ul className={onVote ? "poll" : "poll closed"} aria-label={t("results")}>
        {results.map((result, n) => {
          const number = poll.kind === "rating" ? n + 1 : n;
          const own = poll.kind !== "ranking" && (mine as readonly number[] | undefined)?.includes(number);
          const per = share(poll, result);
          const look = result.count === highest && result.count > 0 ? "bar top" : "bar";
          const style = { "--v": `${per}%` } as React.CSSProperties;
          const drawn = (
            <>
              <span>
                {own && <Icon name="check" size="sm" />}
                {result.label}
                {own && <span className="sr"> {t("yours")}</span>}
                {poll.right === number && <span className="badge success">{t("right")}</span>}
              </span>
              <span>
                <span className="moved num">{formatNumber(result.count)}</span>
                <b>{per}%</b>
              </span>
            </>
          );
          return onVote ? (
            <li key={result.label}>
              <button
                type="button"
                className={look}
                style={style}
                aria-pressed={own === true}
                onClick={() => void onVote([number])}
              >
                {drawn}
              </button>
            </li>
          ) : (
            <li key={result.label} className={look} style={style}>
              {drawn}
            </li>
          );
        })}
      </ul>
    </>
  );
}
