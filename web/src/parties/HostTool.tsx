import { useEffect, useState } from "react";
import { PartyHealthDocument } from "../gql/graphql.ts";
import { Button, Icon } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { HostConsole, type PartyHealth } from "./HostConsole.tsx";
import { RoundsOf } from "./PartyFrame.tsx";
import { useText } from "./text.ts";
import type { PartyDesk } from "./useParty.ts";

const LOOK_MS = 2_000;

/** Opens the host's console, beside the rounds. */
export function HostTool({ desk }: { desk: PartyDesk }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const health = useHealth(desk.party.id, open);
  return (
    <>
      <RoundsOf party={desk.party} />
      <Button variant="line" size="sm" onClick={() => setOpen(true)}>
        <Icon name="sliders" size="sm" />
        <span className="hide-s">{t("tools.host")}</span>
        <span className="sr only-s">{t("tools.host")}</span>
      </Button>
      <HostConsole
        open={open}
        party={desk.party}
        health={health}
        pending={desk.pending}
        refusal={desk.refusal}
        direct={desk.direct}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

/** The numbers, while somebody looks at them. */
function useHealth(party: string, wanted: boolean): PartyHealth | undefined {
  const [health, setHealth] = useState<PartyHealth>();
  useEffect(() => {
    if (!wanted) return;
    let over = false;
    const look = async () => {
      const answer = await send(PartyHealthDocument, { party }).catch(() => undefined);
      if (answer && !over) setHealth(answer.partyHealth);
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [party, wanted]);
  return health;
}
