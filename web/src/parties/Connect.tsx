import { Link } from "wouter";
import { Button, Icon } from "../platform/components/index.ts";
import type { Connections } from "./connections.ts";
import type { ProfileCard } from "./party.ts";
import { firstName } from "./reason.ts";
import { useText } from "./text.ts";

interface ConnectProps {
  who: ProfileCard;
  connections: Connections;
  /** Says beside the button that it is silent. */
  explained?: boolean;
  /** Where one writes to somebody; only for those who are connected. */
  messages?: string;
}

/** Silent until it is mutual: a button, the word that one asked, or both rings. */
export function Connect({ who, connections, explained, messages }: ConnectProps) {
  const { t } = useText();
  const state = connections.stateOf(who.person);
  if (state === "mutual") {
    return (
      <>
        <span className="both small">
          <Icon name="match" size="sm" />
          {t("connect.connected")}
        </span>
        {messages && (
          <Link className="link small" href={messages}>
            {t("connect.message")}
          </Link>
        )}
      </>
    );
  }
  const asked = state === "asked";
  return (
    <>
      <Button
        variant="line"
        {...(!explained && { size: "sm" })}
        className={asked ? "asked" : ""}
        pending={connections.pending === who.person}
        aria-label={asked ? t("connect.takeBack", { name: firstName(who.name) }) : undefined}
        onClick={() => connections.toggle(who.person)}
      >
        <Icon name={asked ? "check" : "userplus"} {...(!explained && { size: "sm" })} />
        {asked ? t("connect.asked") : t("connect.connect")}
      </Button>
      {explained && <span className="tiny muted hide-s beside">{t("connect.beside")}</span>}
    </>
  );
}
