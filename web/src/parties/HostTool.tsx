import { useEffect, useState } from "react";
import { PartyHealthDocument } from "../gql/graphql.ts";
import { Button, Icon } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { HostConsole, type PartyHealth } from "./HostConsole.tsx";
import { RoundsOf } from "./PartyFrame.tsx";
import type { PartyNow } from "./party.ts";
import { useText } from "./text.ts";
import type { PartyDesk } from "./useParty.ts";

const LOOK_MS = 2_000;

/** The host's console: it stays open from one screen to the next. */
export function Hosting({ desk, open, onClose }: { desk: PartyDesk; open: boolean; onClose: () => void }) {
  const health = useHealth(desk.party.id, open);
  return (
    <HostConsole
      open={open}
      party={desk.party}
      health={health}
      pending={desk.pending}
      refusal={desk.refusal}
      direct={desk.direct}
      onClose={onClose}
    />
  );
}

/** Opens it, beside the rounds. */
export function HostTool({ party, onOpen }: { party: PartyNow; onOpen: () => void }) {
  const { t } = useText();
  return (
    <>
      <RoundsOf party={party} />
      <Button variant="line" size="sm" aria-label={t("tools.host")} onClick={onOpen}>
        <Icon name="sliders" size="sm" />
        <span className="hide-s">{t("tools.host")}</span>
      </Button>
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
