import type { ReactNode } from "react";
import { Icon } from "../platform/components/index.ts";
import type { PartyNow } from "./party.ts";
import { useText } from "./text.ts";

interface PartyFrameProps {
  party: PartyNow;
  /** Stands in the header's place of honour; the party's own name unless somebody else's is more use. */
  title?: ReactNode;
  /** A word after the title, in grey. */
  sub?: ReactNode;
  /** At the end of the header, instead of the rounds. */
  end?: ReactNode;
  /** Quiet lines under the header: trouble, a word from the host. */
  lines?: ReactNode;
  /** The light falls on the middle. */
  centre?: boolean;
  footer?: ReactNode;
  footerClass?: string;
  children: ReactNode;
}

/** What every moment of a party has around it: who and where above, what one can do below. */
export function PartyFrame({ party, title, sub, end, lines, centre, footer, footerClass, children }: PartyFrameProps) {
  const { t } = useText();
  return (
    <div className="pt" data-centre={centre || undefined}>
      <div className="spot" aria-hidden="true" />
      <header className="phead">
        <Icon name="party" />
        <p className="strong grow trunc">
          {title ?? t("party")} {sub && <span className="muted hide-s sub">· {sub}</span>}
        </p>
        {end ?? <RoundsOf party={party} />}
      </header>
      <div className="lines">{lines}</div>
      {children}
      <footer className={["pfoot", footerClass].filter(Boolean).join(" ")}>{footer}</footer>
    </div>
  );
}

/** "Round 2 of 5", and a mark for each. */
export function RoundsOf({ party }: { party: PartyNow }) {
  const { t } = useText();
  const { round, rounds } = party;
  return (
    <>
      <p className="small muted num">{round > 0 ? t("roundOf", { round, rounds }) : t("rounds", { count: rounds })}</p>
      <div className="rounds" aria-hidden="true">
        {Array.from({ length: rounds }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rounds have no other identity
          <i key={at} className={at + 1 < round ? "d" : at + 1 === round ? "n" : ""} />
        ))}
      </div>
    </>
  );
}
