import "./person.css";
import type { ReactNode } from "react";
import { Avatar } from "../platform/components/Avatar.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { Reason, type ReasonOf } from "./Reason.tsx";
import { lineOf } from "./tags.ts";

/** What others see of somebody; `ProfileCard` of the graph. */
export interface CardOf {
  person: string;
  name: string;
  headline: string;
  company?: string | null;
  picture?: string | null;
  interests: readonly string[];
  looksFor: readonly string[];
  offers: readonly string[];
  languages: readonly string[];
}

interface PersonCardProps {
  card: CardOf;
  reason?: ReasonOf | null | undefined;
  presence?: "on" | "away" | "busy" | "stage";
  /** Instead of what they do, such as “On stage”. */
  line?: string;
  /** Pressing the name shows more of them. */
  onOpen?: () => void;
  /** Buttons at the end of the row. */
  children?: ReactNode;
}

/** Somebody in a row: picture, name, what they do, what can be done, and why to meet them. Stands in a live room or on a page. */
export function PersonCard({ card, reason, presence, line, onOpen, children }: PersonCardProps) {
  return (
    <div className="sugg person-card">
      <div className="prow">
        <Avatar name={card.name} photoUrl={card.picture ?? null} size="md" {...(presence && { presence })} />
        <div>
          {onOpen ? (
            <button type="button" className="strong trunc person-name" onClick={onOpen}>
              {card.name}
            </button>
          ) : (
            <p className="strong trunc">{card.name}</p>
          )}
          <p className="tiny muted trunc">{line ?? lineOf(card)}</p>
        </div>
        <div className="row person-acts">{children}</div>
      </div>
      {reason && (
        <div className="why">
          <Icon name="match" size="sm" />
          <p>
            <Reason reason={reason} card={card} />
          </p>
        </div>
      )}
    </div>
  );
}
