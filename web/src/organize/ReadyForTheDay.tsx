import { Link } from "wouter";
import { Badge, Icon } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { type DeskPageProps, deskPath } from "./desk.ts";
import type { ReadinessFact } from "./readiness.ts";
import { useOrganizeText } from "./text.ts";

/** The checklist of the overview. Only a missing fact has colour and an action. */
export function ReadyForTheDay({ event, facts }: DeskPageProps & { facts: ReadinessFact[] }) {
  const { t } = useOrganizeText();
  const done = facts.filter((fact) => fact.done).length;
  return (
    <section className="card narrow" aria-labelledby="ready">
      <header>
        <h2 className="h4" id="ready">
          {t("ready.title")}
        </h2>
        <Badge icon={done === facts.length ? "check" : "clock"}>
          {t("ready.progress", { done, all: facts.length })}
        </Badge>
      </header>
      <ul className="ready-list">
        {facts.map((fact) => (
          <li key={fact.key}>
            <span className={fact.done ? "ready-mark ok" : "ready-mark missing"}>
              <Icon name={fact.done ? "check" : "warn"} />
            </span>
            <span>
              <FactText fact={fact} />
              {!fact.done && <span className="sr"> ({t("ready.needsAttention")})</span>}
            </span>
            {fact.done ? (
              <span className="tiny muted num">{fact.count > 0 && formatNumber(fact.count)}</span>
            ) : (
              fact.at && (
                <Link className="link small" href={deskPath(event, fact.at)}>
                  {t(`ready.${fact.key}.action`)}
                </Link>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function FactText({ fact }: { fact: ReadinessFact }) {
  const { t } = useOrganizeText();
  if (fact.key === "conflicts") return t("ready.conflicts.missing", { count: fact.count });
  if (fact.done) return t(`ready.${fact.key}.done`);
  return fact.key === "invitations"
    ? t("ready.invitations.missing", { count: fact.count })
    : t(`ready.${fact.key}.missing`);
}
