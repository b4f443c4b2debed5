import { ButtonLink } from "../../platform/components/Button.tsx";
import { QuietLine } from "../../platform/components/States.tsx";
import type { LandingEvent } from "../event.ts";
import { useText } from "../text.ts";

/** Above the page: what is unusual about this event's state. */
export function StatusLine({ event }: { event: LandingEvent }) {
  const { t } = useText();
  if (event.status === "CANCELLED")
    return (
      <QuietLine icon="warn" tone="warn">
        {t("cancelled")}
      </QuietLine>
    );
  if (event.status === "DRAFT")
    return (
      <QuietLine
        icon="eye"
        action={
          <ButtonLink variant="quiet" size="sm" href={`/organize/events/${event.id}/page`}>
            {t("editPage")}
          </ButtonLink>
        }
      >
        {t("draft")}
      </QuietLine>
    );
  return null;
}
