import { Icon } from "../platform/components/index.ts";
import { useText } from "./text.ts";
import type { HandState } from "./useHand.ts";

/** Asks to speak on stage, or takes it back; the crew sees it at once. */
export function HandTool({ hand }: { hand: HandState }) {
  const { t } = useText();
  const up = hand.hand !== undefined;
  return (
    <button
      type="button"
      className="tool"
      aria-pressed={up}
      disabled={hand.pending}
      onClick={up ? hand.lower : hand.raise}
    >
      <Icon name="hand" />
      {up ? t("hand.up") : t("hand.raise")}
    </button>
  );
}
