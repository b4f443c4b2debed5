import "./captions.css";
import { useCaptionSettings } from "./settings.ts";

interface CaptionOverlayProps {
  language: string | undefined;
  lines: readonly { id: string; text: string; speaker?: string | null }[];
}

/** Captions over a picture. */
export function CaptionOverlay({ language, lines }: CaptionOverlayProps) {
  const { on, size } = useCaptionSettings();
  if (!on || lines.length === 0) return null;
  return (
    <div className="capt captions" data-size={size} data-testid="captions" lang={language} dir="auto">
      {lines.map((line) => (
        <p key={line.id}>
          {line.speaker && <b>{line.speaker}: </b>}
          {line.text}
        </p>
      ))}
    </div>
  );
}
