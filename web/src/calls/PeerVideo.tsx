import { useEffect, useRef } from "react";

/** Plays what arrives of a track. Its sound too, unless `muted`. */
export function PeerVideo({
  stream,
  label,
  muted = false,
  width,
  className,
}: {
  stream: MediaStream;
  label: string;
  muted?: boolean;
  width?: number;
  className?: string;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const { current } = video;
    if (!current) return;
    current.srcObject = stream;
    // A browser that wants a gesture first plays with the next one, which entering a call was.
    void current.play().catch(() => undefined);
    return () => {
      current.srcObject = null;
    };
  }, [stream]);
  return (
    <video ref={video} aria-label={label} autoPlay playsInline muted={muted} width={width} className={className} />
  );
}
