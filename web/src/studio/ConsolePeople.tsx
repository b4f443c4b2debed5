import { useState } from "react";
import { Button, Dialog, Icon } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import type { Plan } from "../stage/plan.ts";
import { spotOf } from "../stage/plan.ts";
import type { Director } from "./director.ts";
import { Hands } from "./Hands.tsx";
import { PersonTile, Picture } from "./PersonTile.tsx";
import { isCrew, type StagePerson, waiting } from "./people.ts";
import { useText } from "./text.ts";

/** Counted down for who is next, in seconds. */
const NEXT_IN = [60, 180, 300] as const;

interface ConsolePeopleProps {
  plan: Plan;
  people: readonly StagePerson[];
  direct: Director;
  /** Puts a name in front of a message to the crew. */
  onMention: (name: string) => void;
}

/** The producer's left side: hands that are up, and who waits backstage. */
export function ConsolePeople({ plan, people, direct, onMention }: ConsolePeopleProps) {
  const { t } = useText();
  const [chosen, setChosen] = useState<StagePerson>();
  const here = waiting(plan, people);
  const first = here.find(
    (somebody) => !somebody.you && (plan.next?.person === somebody.person || !isCrew(somebody.role)),
  );
  return (
    <aside className="colp l" aria-label={t("console.backstage")}>
      <Hands hands={plan.hands} direct={direct} />
      <p className="ttl">
        {t("console.backstage")}{" "}
        <span className="muted num ttl-count">
          {t("console.people", { count: here.length, number: formatNumber(here.length) })}
        </span>
      </p>
      <div className="bk">
        {here.map((somebody) => (
          <div key={somebody.peer} data-testid="waiting">
            <PersonTile person={somebody} flag={flagOf(t, plan, somebody)} />
            <div className="x">
              <Button
                variant={somebody === first ? "primary" : "quiet"}
                size="sm"
                pending={direct.pending.has(`bringOn ${somebody.person}`)}
                aria-label={somebody.you ? undefined : t("console.bringOnName", { name: somebody.name })}
                onClick={() => void direct.bringOn(somebody.person)}
              >
                {somebody.you ? t("console.goOn") : t("console.bringOn")}
              </Button>
              {!somebody.you && (
                <Button
                  variant="quiet"
                  size="sm"
                  icon
                  aria-label={t("console.more", { name: somebody.name })}
                  onClick={() => setChosen(somebody)}
                >
                  <Icon name="dots" size="sm" />
                </Button>
              )}
            </div>
          </div>
        ))}
      </div>
      <Screens plan={plan} people={people} direct={direct} />
      <Dialog open={chosen !== undefined} onClose={() => setChosen(undefined)} title={chosen?.name ?? ""} kind="sheet">
        {chosen && (
          <PersonActs
            somebody={chosen}
            plan={plan}
            direct={direct}
            onMention={onMention}
            onDone={() => setChosen(undefined)}
          />
        )}
      </Dialog>
    </aside>
  );
}

/** Screens that somebody shares and the audience does not see yet. */
function Screens({ plan, people, direct }: Omit<ConsolePeopleProps, "onMention">) {
  const { t } = useText();
  const shared = people.filter(
    ({ screen, person }) => screen && !plan.on.some((spot) => spot.kind === "screen" && spot.person === person),
  );
  return shared.map(({ peer, person, name, screen }) => (
    <div key={peer} className="shared" data-testid="shared-screen">
      <p className="ttl">{t("console.screenOf", { name })}</p>
      <div className="tile">{screen && <Picture stream={screen} fit="contain" />}</div>
      <Button variant="quiet" size="sm" block onClick={() => void direct.bringScreen(person)}>
        {t("console.showScreen")}
      </Button>
    </div>
  ));
}

function flagOf(
  t: ReturnType<typeof useText>["t"],
  plan: Plan,
  { person, role, you }: StagePerson,
): string | undefined {
  if (plan.next?.person === person) return plan.next.ready ? t("console.nextReady") : t("backstage.nextUp");
  if (you) return t("console.notSeen");
  return isCrew(role) || role === "attendee" ? t(`role.${role}`) : undefined;
}

interface PersonActsProps {
  somebody: StagePerson;
  plan: Plan;
  direct: Director;
  onMention: (name: string) => void;
  onDone: () => void;
}

/** What the crew may do about one person. */
export function PersonActs({ somebody, plan, direct, onMention, onDone }: PersonActsProps) {
  const { t } = useText();
  const { person, name, role } = somebody;
  const spot = spotOf(plan, person);
  const isNext = plan.next?.person === person;
  const act = (run: () => void) => () => {
    run();
    onDone();
  };
  return (
    <div className="stack acts">
      {!spot && (
        <fieldset>
          <legend className="label">{t("acts.next")}</legend>
          <div className="row wrap">
            {NEXT_IN.map((seconds) => (
              <Button key={seconds} variant="line" size="sm" onClick={act(() => direct.next(person, seconds))}>
                {t("acts.nextIn", { count: seconds / 60 })}
              </Button>
            ))}
            <Button variant="line" size="sm" onClick={act(() => direct.next(person))}>
              {t("acts.nextNoTime")}
            </Button>
            {isNext && (
              <Button variant="ghost" size="sm" onClick={act(() => direct.next(undefined))}>
                {t("acts.notNext")}
              </Button>
            )}
          </div>
        </fieldset>
      )}
      <Button variant="line" block onClick={act(() => onMention(name))}>
        <Icon name="chat" />
        {t("acts.write")}
      </Button>
      {role === "attendee" && (
        <>
          <Button variant="danger-line" block onClick={act(() => direct.remove(person))}>
            <Icon name="ban" />
            {t("acts.remove")}
          </Button>
          <p className="tiny muted">{t("acts.removeText")}</p>
        </>
      )}
    </div>
  );
}
