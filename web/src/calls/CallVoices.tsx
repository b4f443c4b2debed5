import { useEffect, useRef, useState } from "react";
import { Button } from "../platform/components/index.ts";
import { useCallText } from "./text.ts";
import type { Conversation } from "./useConversation.ts";

/** Everybody's voice. A browser that wants a gesture before it plays sound gets a button for it. */
export function CallVoices({ conversation, volume = 1 }: { conversation: Conversation; volume?: number }) {
  const { t } = useCallText();
  const [held, setHeld] = useState<readonly HTMLAudioElement[]>([]);
  const voices = conversation.peers.flatMap(({ peer, tracks }) =>
    tracks.flatMap(({ kind, stream }) => (kind === "microphone" && stream ? [{ peer, stream }] : [])),
  );
  return (
    <>
      <div hidden>
        {voices.map(({ peer, stream }) => (
          <Voice key={peer} stream={stream} volume={volume} onHeld={(audio) => setHeld((all) => [...all, audio])} />
        ))}
      </div>
      {held.length > 0 && (
        <div className="next warn" role="alert">
          <p className="grow small">
            <b className="strong">{t("silent")}</b>
          </p>
          <Button
            variant="primary"
            size="sm"
            onClick={() => {
              for (const audio of held) void audio.play().catch(() => undefined);
              setHeld([]);
            }}
          >
            {t("soundOn")}
          </Button>
        </div>
      )}
    </>
  );
}

interface VoiceProps {
  stream: MediaStream;
  volume: number;
  onHeld: (audio: HTMLAudioElement) => void;
}

function Voice({ stream, volume, onHeld }: VoiceProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const tell = useRef(onHeld);
  tell.current = onHeld;
  useEffect(() => {
    const { current } = audio;
    if (!current) return;
    current.srcObject = stream;
    current.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") tell.current(current);
    });
  }, [stream]);
  useEffect(() => {
    if (audio.current) audio.current.volume = volume;
  }, [volume]);
  return <audio ref={audio} autoPlay muted={volume === 0} />;
}
