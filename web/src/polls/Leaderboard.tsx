import { Fragment, useEffect, useState } from "react";
import { LeaderboardDocument, type LeaderboardQuery } from "../gql/graphql.ts";
import { Avatar } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { formatNumber } from "../platform/time/format.ts";
import { useText } from "./text.ts";

/** Everybody wants to know at once, after each question. */
const SPREAD_MS = 2_000;

/** Who is ahead in a quiz; asked for whenever another of its questions was closed. */
export function Leaderboard({ room, series, closed }: { room: string; series: string; closed: number }) {
  const { t } = useText();
  const [board, setBoard] = useState<LeaderboardQuery["leaderboard"]>();
  useEffect(() => {
    if (closed === 0) return;
    const timer = setTimeout(() => {
      send(LeaderboardDocument, { room, series }).then(
        ({ leaderboard }) => setBoard(leaderboard),
        () => undefined, // Asked again after the next question.
      );
    }, Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [room, series, closed]);
  if (!board || board.rows.length === 0) return null;
  return (
    <section>
      <h2 className="phead2">
        {t("standings", { count: board.closed })}
        <span className="muted num">{t("playing", { count: board.players, number: formatNumber(board.players) })}</span>
      </h2>
      <ol className="board">
        {board.rows.map((row, n) => {
          const between = row.place - (board.rows[n - 1]?.place ?? row.place) - 1;
          return (
            <Fragment key={row.person}>
              {n > 0 && between > 0 && <li className="gap">{t("between", { count: between })}</li>}
              <li className={row.you ? "you" : undefined}>
                <b>
                  <span className="sr">{t("place")} </span>
                  {row.place}
                </b>
                <Avatar name={row.name} photoUrl={null} portrait={null} size="xs" />
                <span className="trunc">{row.you ? t("you") : row.name}</span>
                <span className="muted tiny">{t("rightOf", { right: row.right, count: board.closed })}</span>
                <span className="pts">{formatNumber(row.points)}</span>
              </li>
            </Fragment>
          );
        })}
      </ol>
    </section>
  );
}
