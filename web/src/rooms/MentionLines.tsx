import { useState } from "react";
import { useLocation } from "wouter";
import { useTold } from "../attend/index.ts";
import { Button, Icon } from "../platform/components/index.ts";
import { useText } from "./text.ts";

/** Somebody calls this person in a room, or answers them. */
interface MentionTold {
  room: string;
  slug: string;
  roomName: string;
  seq: number;
  id: string;
  name: string;
  text: string;
  reply: boolean;
}

/** The latest few are worth a line. */
const MOST = 3;

interface MentionLinesProps {
  event: { id: string; slug: string };
  /** The room before the reader's eyes: what is said there is seen there. */
  here?: string | undefined;
}

/** Who calls this person, in whichever room of the event, with the way there. */
export function MentionLines({ event, here }: MentionLinesProps) {
  const { t } = useText();
  const [, go] = useLocation();
  const [lines, setLines] = useState<MentionTold[]>([]);
  useTold<MentionTold>(event.id, "mention", (told) => {
    if (told.room !== here) setLines((before) => [...before.filter(({ id }) => id !== told.id), told].slice(-MOST));
  });
  const forget = (id: string) => setLines((before) => before.filter((line) => line.id !== id));
  return lines.map(({ id, name, roomName, text, slug, seq, reply }) => (
    <div className="next" key={id} data-testid="mention">
      <Icon name="chat" />
      <p className="grow small">
        <b className="strong">{t(reply ? "chat.answered" : "chat.mentioned", { name, room: roomName })}</b>{" "}
        <span className="muted">{text}</span>
      </p>
      <Button
        variant="quiet"
        size="sm"
        onClick={() => {
          forget(id);
          go(`/e/${event.slug}/rooms/${slug}#m${seq}`);
        }}
      >
        {t("chat.showMessage")}
      </Button>
      <Button variant="ghost" size="sm" icon aria-label={t("chat.dismiss")} onClick={() => forget(id)}>
        <Icon name="x" size="sm" />
      </Button>
    </div>
  ));
}
