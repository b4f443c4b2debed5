import { useQuery } from "urql";
import { HideFromLeaderboardDocument, PointsOfEventDocument } from "../gql/graphql.ts";
import { useAction } from "../organize/useAction.ts";
import { FormError } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { useText } from "./text.ts";

/** The viewer's points by the published rules, and the leaderboard, which one can leave. */
export function MyPoints({ event }: { event: string }) {
  const { t } = useText();
  const [{ data }, ask] = useQuery({ query: PointsOfEventDocument, variables: { event } });
  const hide = useAction(HideFromLeaderboardDocument);
  const points = data?.points;
  if (!points?.kept) return null;
  return (
    <section className="card giveaway" aria-labelledby="my-points">
      <h2 className="h4 num" id="my-points">
        {t("points.mine", { count: points.mine, number: formatNumber(points.mine) })}
      </h2>
      <table className="small points-table">
        <caption className="sr">{t("points.rules")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("points.deed")}</th>
            <th scope="col">{t("points.each")}</th>
            <th scope="col">{t("points.times")}</th>
          </tr>
        </thead>
        <tbody>
          {points.rules.map((rule) => (
            <tr key={rule.deed}>
              <th scope="row">{t(`deed.${rule.deed}`)}</th>
              <td className="num">{rule.points}</td>
              <td className="num">{t("points.of", { times: rule.times, most: rule.most })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {points.leaders.length > 0 && (
        <>
          <h3 className="h4">{t("points.leaders")}</h3>
          <ol className="giveaway-turns">
            {points.leaders.map((leader) => (
              <li key={leader.person} className="row between">
                <span>
                  <span className="num">{leader.place}.</span> {leader.name}
                </span>
                <span className="num">{formatNumber(leader.points)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={points.hidden}
          onChange={(e) =>
            void hide.run({ event, hidden: e.target.checked }).then(() => ask({ requestPolicy: "network-only" }))
          }
        />
        <span>{t("points.hide")}</span>
      </label>
      {hide.refusal && <FormError>{hide.refusal.message}</FormError>}
    </section>
  );
}
