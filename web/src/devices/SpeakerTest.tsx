import "./devices.css";
import { Button, Icon } from "../platform/components/index.ts";
import { playTestSound } from "./devices.ts";
import { useDeviceText } from "./text.ts";

/** Only the person can tell whether it was heard. */
export type SpeakerAnswer = "untried" | "playing" | "asked" | "heard" | "unheard";

interface SpeakerTestProps {
  answer: SpeakerAnswer;
  onAnswer: (answer: SpeakerAnswer) => void;
}

/** Plays three tones, and asks whether they were heard. */
export function SpeakerTest({ answer, onAnswer }: SpeakerTestProps) {
  const { t } = useDeviceText();
  const play = async () => {
    onAnswer("playing");
    await playTestSound().catch(() => undefined);
    onAnswer("asked");
  };
  return (
    <div className="pick">
      <Icon name="speaker" />
      <span role="status">
        {answer === "asked" ? t("speaker.asked") : answer === "heard" ? t("speaker.heard") : t("speaker.name")}
      </span>
      {answer === "asked" ? (
        <span className="row pick-answers">
          <Button variant="quiet" size="sm" onClick={() => onAnswer("heard")}>
            {t("speaker.yes")}
          </Button>
          <Button variant="ghost" size="sm" onClick={() => onAnswer("unheard")}>
            {t("speaker.no")}
          </Button>
        </span>
      ) : (
        <Button variant="ghost" size="sm" pending={answer === "playing"} onClick={() => void play()}>
          {answer === "playing" ? t("speaker.playing") : t("speaker.play")}
        </Button>
      )}
    </div>
  );
}
