import "./call.css";
import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "../platform/components/index.ts";
import type { Refusal } from "../rooms/wire.ts";
import { CallLines } from "./CallLines.tsx";
import { CallTiles } from "./CallTiles.tsx";
import { CallTools } from "./CallTools.tsx";
import { CallVoices } from "./CallVoices.tsx";
import { useCallText } from "./text.ts";
import type { Conversation } from "./useConversation.ts";

interface CallViewProps {
  /** From `useConversation`. */
  conversation: Conversation;
  /** One's own name. */
  name: string;
  /** With whom, for those who do not see it: “Call with Sofía Herrera”. */
  label?: string;
  /** The picture of a person without a camera; of oneself when asked without one. */
  pictureOf?: (person: string | undefined) => string | null | undefined;
  /** In the place of the others while nobody is there. */
  waiting?: ReactNode;
  /** Lies over the tiles: a clock, a question. */
  overlay?: ReactNode;
  /** More tools, after those of every call. */
  tools?: ReactNode;
  /** At the end of the bar, before leaving. */
  end?: ReactNode;
  /** Leaves; without it there is no such button. */
  onLeave?: () => void;
  leaveLabel?: string;
  /** We were put out, or cannot come in. */
  onOver?: (refusal: Refusal | undefined) => void;
}

/** A call of up to eight people, ready made: tiles, the line that says what is going on, and the bar. It fills what it is put in. */
export function CallView(props: CallViewProps) {
  const { t } = useCallText();
  const { conversation, name, label, pictureOf, waiting, overlay, tools, end, onLeave, leaveLabel, onOver } = props;
  const over = conversation.now.state === "over";
  const tell = useRef(onOver);
  tell.current = onOver;
  const { refusal } = conversation.now;
  useEffect(() => {
    if (over) tell.current?.(refusal);
  }, [over, refusal]);
  return (
    <section
      className="call-view"
      aria-label={label ?? t("call")}
      data-testid="call"
      data-state={conversation.now.state}
      data-engine={conversation.now.engine}
    >
      <CallTiles conversation={conversation} name={name} pictureOf={pictureOf} waiting={waiting}>
        {overlay}
      </CallTiles>
      <CallLines conversation={conversation} />
      <CallVoices conversation={conversation} />
      <footer className="call-bar">
        <CallTools conversation={conversation} />
        {tools}
        <span className="grow" />
        {end}
        {onLeave && (
          <button type="button" className="tool leave" onClick={onLeave}>
            <Icon name="leave" />
            {leaveLabel ?? t("leave")}
          </button>
        )}
      </footer>
    </section>
  );
}
