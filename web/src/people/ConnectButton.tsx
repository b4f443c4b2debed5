import type { ConnectState } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { useText } from "./text.ts";
import { useConnect } from "./useConnect.ts";

interface ConnectButtonProps {
  event: string;
  person: { id: string; name: string };
  connected: ConnectState;
  /** The one act of a pane. */
  large?: boolean;
}

/** Silent until both ask. Two rings: none lit, one lit and it can be taken back, both. */
export function ConnectButton({ event, person, connected, large }: ConnectButtonProps) {
  const { t } = useText();
  const { state, pending, ask, takeBack } = useConnect(event, person, connected);
  if (state === "MUTUAL") {
    return (
      <span className={large ? "connected large" : "connected small"}>
        <Icon name="match" size="sm" />
        {t("connect.connected")}
      </span>
    );
  }
  if (state === "ASKED") {
    return (
      <Button
        className="asked"
        variant="ghost"
        {...(large ? { size: "lg", block: true } : { size: "sm" })}
        pending={pending}
        aria-label={t("connect.takeBack", { name: person.name })}
        onClick={() => void takeBack()}
      >
        <span className="pair" aria-hidden="true">
          <i className="on" />
          <i />
        </span>
        {t("connect.asked")}
      </Button>
    );
  }
  return (
    <Button
      variant={large ? "primary" : "line"}
      {...(large ? { size: "lg", block: true } : { size: "sm" })}
      pending={pending}
      aria-label={t("connect.with", { name: person.name })}
      onClick={() => void ask()}
    >
      {large && <Icon name="userplus" />}
      {t("connect.connect")}
    </Button>
  );
}
