import { Avatar } from "../platform/components/index.ts";
import { Connect } from "./Connect.tsx";
import { useConnections } from "./connections.ts";
import { lineOf } from "./MatchCard.tsx";
import type { Meeting } from "./party.ts";
import { useText } from "./text.ts";

/** Whom one met a moment ago, and whether to stay in touch. */
export function LastMet({ event, meeting }: { event: { id: string; slug: string }; meeting: Meeting }) {
  const { t } = useText();
  const connections = useConnections(
    event,
    meeting.people.map(({ person }) => person),
  );
  return meeting.people.map((who) => (
    <div key={who.person} className="last">
      <Avatar name={who.name} photoUrl={who.picture ?? null} size="md" />
      <div className="grow">
        <p className="strong trunc">{t("wait.met", { name: who.name })}</p>
        <p className="tiny muted trunc">{lineOf(who)}</p>
      </div>
      <Connect who={who} connections={connections} />
    </div>
  ));
}
