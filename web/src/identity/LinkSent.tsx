import { Button } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { useText } from "./text.ts";

interface LinkSentProps {
  email: string;
  /** Mail stays on this machine: tell where it is. */
  mailbox: boolean;
  onOther: () => void;
}

export function LinkSent({ email, mailbox, onOther }: LinkSentProps) {
  const { t } = useText();
  return (
    <div className="stack" role="status">
      <p className="lead">{t("sent.text", { email })}</p>
      <div className="row wrap">
        {mailbox && (
          <a className="btn primary" href="/mailbox">
            <Icon name="mail" size="sm" />
            {t("sent.mailbox")}
          </a>
        )}
        <Button variant="line" onClick={onOther}>
          {t("sent.other")}
        </Button>
      </div>
    </div>
  );
}
