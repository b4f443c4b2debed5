import "./questions.css";
import { useState } from "react";
import { Button } from "../platform/components/index.ts";
import { clock } from "../rooms/time.ts";
import { useText } from "./text.ts";

interface AskMomentProps {
  /** Where the replay is, in seconds. */
  time: number;
  onAsk: (text: string, second: number) => Promise<boolean>;
}

/** Where one asks about the moment of a replay. The moment is the one at which one began to write. */
export function AskMoment({ time, onAsk }: AskMomentProps) {
  const { t } = useText();
  const [text, setText] = useState("");
  const [second, setSecond] = useState(0);
  const [pending, setPending] = useState(false);
  const at = text ? second : Math.floor(time);
  const words = t("askAt", { time: clock(at * 1000) });
  return (
    <form
      className="ask-moment"
      onSubmit={(event) => {
        event.preventDefault();
        const said = text.trim();
        if (!said || pending) return;
        setPending(true);
        void onAsk(said, at).then((asked) => {
          setPending(false);
          if (asked) setText("");
        });
      }}
    >
      <div className="composer">
        <input
          aria-label={words}
          placeholder={words}
          maxLength={280}
          value={text}
          onChange={(event) => {
            if (!text) setSecond(Math.floor(time));
            setText(event.target.value);
          }}
        />
        <Button variant="primary" size="sm" type="submit" pending={pending} disabled={!text.trim()}>
          {t("ask")}
        </Button>
      </div>
      <p className="tiny muted">{t("askAtHint")}</p>
    </form>
  );
}
