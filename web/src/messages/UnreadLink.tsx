import { messagePath } from "../people/paths.ts";
import { ButtonLink } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { useText } from "./text.ts";
import { useUnreadMessages } from "./useUnreadMessages.ts";

/** The way to one's messages, and how many are new. */
export function UnreadLink({ event }: { event: { id: string; slug: string } }) {
  const { t } = useText();
  const count = useUnreadMessages(event.id);
  return (
    <ButtonLink
      href={messagePath(event.slug)}
      variant="ghost"
      size="sm"
      icon
      className="unread-link"
      aria-label={count > 0 ? `${t("title")}: ${t("fresh", { count })}` : t("title")}
    >
      <Icon name="chat" />
      {count > 0 && (
        <span className="count new" aria-hidden="true" data-testid="unread-messages">
          {count > 99 ? "99+" : count}
        </span>
      )}
    </ButtonLink>
  );
}
