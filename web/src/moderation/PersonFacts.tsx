import { useQuery } from "urql";
import { ModerationPersonDocument } from "../gql/graphql.ts";
import { formatDate, formatNumber } from "../platform/time/format.ts";
import { useText } from "./text.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const RESTRICTIONS = new Set(["MUTE", "TIME_OUT", "REMOVAL", "BAN"]);

/** What is known about a person before something is decided about them. */
export function PersonFacts({ event, person }: { event: string; person: string }) {
  const { t } = useText();
  const [{ data }] = useQuery({
    query: ModerationPersonDocument,
    variables: { event, person },
    requestPolicy: "network-only",
  });
  const known = data?.moderationPerson;
  const before = known?.acts.filter(({ kind }) => RESTRICTIONS.has(kind)).length;
  return (
    <dl className="facts" aria-busy={!known}>
      <div>
        <dt>{t("facts.messages")}</dt>
        <dd className="num">{known ? formatNumber(known.messages) : "…"}</dd>
      </div>
      <div>
        <dt>{t("facts.before")}</dt>
        <dd className="num">{before === undefined ? "…" : formatNumber(before)}</dd>
      </div>
      <div>
        <dt>{t("facts.registered")}</dt>
        <dd>{known ? (known.registeredAt ? formatDate(known.registeredAt, zone) : "–") : "…"}</dd>
      </div>
    </dl>
  );
}
