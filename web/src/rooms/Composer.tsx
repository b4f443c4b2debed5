import { Button, Icon } from "../platform/components/index.ts";
import { useText } from "./text.ts";

/** Longest message the server takes, in characters. */
export const MESSAGE_LIMIT = 2_000;

interface ComposerProps {
  draft: string;
  onDraft: (draft: string) => void;
  onSay: (text: string) => void;
  /** Who reads along, when it is not the whole room. */
  to?: "crew" | undefined;
}

/** One line to the room. What is too long stays in the field, with the reason. */
export function Composer({ draft, onDraft, onSay, to }: ComposerProps) {
  const { t } = useText();
  const over = draft.trim().length - MESSAGE_LIMIT;
  const say = () => {
    const text = draft.trim();
    if (!text || over > 0) return;
    onSay(text);
    onDraft("");
  };
  return (
    <form
      className="say"
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      {over > 0 && (
        <p className="tiny say-error" id="composer-error" role="alert">
          <Icon name="warn" size="sm" />
          {t("chat.tooLong", { over, limit: MESSAGE_LIMIT })}
        </p>
      )}
      <div className="composer">
        <input
          id="composer"
          aria-label={to === "crew" ? t("chat.crewField") : t("chat.field")}
          placeholder={to === "crew" ? t("chat.crewField") : t("chat.placeholder")}
          autoComplete="off"
          enterKeyHint="send"
          value={draft}
          aria-invalid={over > 0 || undefined}
          aria-describedby={over > 0 ? "composer-error" : undefined}
          onChange={(event) => onDraft(event.target.value)}
        />
        <Button type="submit" variant="primary" size="sm" icon aria-label={t("chat.send")}>
          <Icon name="send" size="sm" />
        </Button>
      </div>
    </form>
  );
}
