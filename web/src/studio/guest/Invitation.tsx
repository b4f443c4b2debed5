import { Button, Icon } from "../../platform/components/index.ts";
import { formatNumber } from "../../platform/time/format.ts";
import { useText } from "../text.ts";
import { Sheet } from "./Sheet.tsx";

interface InvitationProps {
  by: string | undefined;
  /** What they are asked to say. */
  question: string | undefined;
  audience: number;
  onLook: () => void;
  onSoundOnly: () => void;
  onDecline: () => void;
}

/** "Come on stage?": who will see it, what is kept, and how to say no without a word. */
export function Invitation({ by, question, audience, onLook, onSoundOnly, onDecline }: InvitationProps) {
  const { t } = useText();
  return (
    <Sheet title={t("guest.invite")} head={by && <p className="label">{by}</p>}>
      {question && <p className="muted">{t("guest.question", { text: question })}</p>}
      <ul className="facts3">
        <li>
          <Icon name="eye" />
          <span>{t("guest.seen", { count: audience, number: formatNumber(audience) })}</span>
        </li>
        <li>
          <Icon name="live" />
          <span>{t("guest.recorded")}</span>
        </li>
        <li>
          <Icon name="check" />
          <span>{t("guest.lookFirst")}</span>
        </li>
      </ul>
      <div className="acts">
        <Button variant="ghost" onClick={onDecline}>
          {t("guest.notNow")}
        </Button>
        <Button variant="line" onClick={onSoundOnly}>
          <Icon name="phones" />
          {t("guest.soundOnly")}
        </Button>
        <Button variant="primary" onClick={onLook}>
          {t("guest.look")}
        </Button>
      </div>
    </Sheet>
  );
}
