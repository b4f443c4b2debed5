import { Button, ButtonLink } from "../platform/components/index.ts";
import { PartyFrame } from "./PartyFrame.tsx";
import type { PartyNow } from "./party.ts";
import { useText } from "./text.ts";

interface LeftProps {
  party: PartyNow;
  room: { name: string; href: string };
  met: number;
  pending: boolean;
  onComeBack: () => void;
}

/** Gone, without a word to anybody; the way back stays open while the party goes on. */
export function Left({ party, room, met, pending, onComeBack }: LeftProps) {
  const { t } = useText();
  return (
    <PartyFrame
      party={party}
      centre
      footerClass="even"
      footer={
        <>
          <span className="grow hide-s" />
          <Button variant="line" pending={pending} onClick={onComeBack}>
            {t("left.comeBack")}
          </Button>
          <ButtonLink href={room.href} variant="primary">
            {t("left.toRoom", { room: room.name })}
          </ButtonLink>
        </>
      }
    >
      <main id="main" className="rd">
        <h1 className="h1" tabIndex={-1}>
          {t("left.title")}
        </h1>
        <p className="muted" role="status">
          {met > 0 ? t("left.text", { count: met }) : t("left.textNobody")}
        </p>
      </main>
    </PartyFrame>
  );
}
