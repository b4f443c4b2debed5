import { useId } from "react";
import { Button, ButtonLink, Icon } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import type { PartyNow } from "./party.ts";
import { useText } from "./text.ts";

interface InvitationProps {
  party: PartyNow;
  href: string;
  onDecline: () => void;
}

/** "Cocktail Party, here and now": what it is, what it asks of one, and how to say no. Over the panel, never over the stage; it takes no focus from anybody. */
export function Invitation({ party, href, onDecline }: InvitationProps) {
  const { t } = useText();
  const id = useId();
  const { round, rounds, settings, here } = party;
  const running = round > 0;
  return (
    <section className="decide guest" aria-labelledby={id} data-testid="party-invitation">
      <p className="label row">
        <Icon name="party" size="sm" />
        {t("party")}
      </p>
      <h2 className="h3" id={id}>
        {t("invite.title")}
      </h2>
      <p className="muted" role="status">
        {running
          ? t("invite.running", { round, rounds })
          : t("invite.text", {
              rounds: t("rounds", { count: rounds }),
              minutes: t("minutes", { count: settings.minutes }),
            })}
      </p>
      <ul className="facts3">
        {here > 0 && (
          <li>
            <Icon name="people" />
            <span>{t("invite.ready", { count: here, number: formatNumber(here) })}</span>
          </li>
        )}
        <li>
          <Icon name="eye" />
          <span>{t("invite.devices")}</span>
        </li>
        <li>
          <Icon name="leave" />
          <span>{t("invite.leave")}</span>
        </li>
      </ul>
      <div className="acts">
        <Button variant="ghost" onClick={onDecline}>
          {t("invite.notNow")}
        </Button>
        <ButtonLink href={href} variant="primary">
          {t("invite.join")}
        </ButtonLink>
      </div>
    </section>
  );
}
