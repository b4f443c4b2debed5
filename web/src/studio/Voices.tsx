import { useEffect, useRef } from "react";
import type { Plan } from "../stage/plan.ts";
import { loudnessOf, type StagePerson } from "./people.ts";

interface VoicesProps {
  plan: Plan;
  people: readonly StagePerson[];
  /** How loud the stage is for who is not on it, from 0 to 1. */
  stageVolume: number;
}

/** Everybody else's voice, and the sound of shared screens, each as loud as it should be here. */
export function Voices({ plan, people, stageVolume }: VoicesProps) {
  const you = people.find((somebody) => somebody.you)?.person;
  return (
    <div hidden>
      {people
        .filter((somebody) => !somebody.you)
        .flatMap(({ peer, person, microphone, screen }) => {
          const volume = loudnessOf(plan, you, person, stageVolume);
          return [
            microphone && <Voice key={`${peer}-microphone`} stream={microphone} volume={volume} />,
            screen?.getAudioTracks().length ? <Voice key={`${peer}-screen`} stream={screen} volume={volume} /> : null,
          ];
        })}
    </div>
  );
}

function Voice({ stream, volume }: { stream: MediaStream; volume: number }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (audio.current) audio.current.srcObject = stream;
  }, [stream]);
  useEffect(() => {
    if (audio.current) audio.current.volume = volume;
  }, [volume]);
  return <audio ref={audio} autoPlay muted={volume === 0} />;
}
