import { useEffect, useState } from "react";

/** Listens to a microphone for its level meter; undefined while there is nothing to listen to. */
export function useAnalyser(stream: MediaStream | undefined): AnalyserNode | undefined {
  const [analyser, setAnalyser] = useState<AnalyserNode>();
  useEffect(() => {
    if (!stream || typeof AudioContext !== "function") return;
    const audio = new AudioContext();
    const made = audio.createAnalyser();
    audio.createMediaStreamSource(stream).connect(made);
    setAnalyser(made);
    // Browsers start sound only after a person did something.
    const wake = () => void audio.resume();
    wake();
    addEventListener("pointerdown", wake);
    addEventListener("keydown", wake);
    return () => {
      removeEventListener("pointerdown", wake);
      removeEventListener("keydown", wake);
      setAnalyser(undefined);
      void audio.close();
    };
  }, [stream]);
  return analyser;
}
