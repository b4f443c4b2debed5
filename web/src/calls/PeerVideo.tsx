import { useEffect, useEffectEvent, useRef } from "react";

/** Plays what arrives of a track. Its sound too, unless `muted`. */
export function PeerVideo({
  stream,
  label,
  muted = false,
  width,
  className,
  onSized,
}: {
  stream: MediaStream;
  label: string;
  muted?: boolean;
  width?: number;
  className?: string;
  /** Told how high it is shown, in CSS pixels: see `Call.sized`. */
  onSized?: (height: number) => void;
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
  const sized = useEffectEvent((height: number) => onSized?.(height));
  useEffect(() => {
    if (!video.current) return;
    const observer = new ResizeObserver(([entry]) => entry && sized(entry.contentRect.height));
    observer.observe(video.current);
    return () => observer.disconnect();
  }, []);
  return (
    <video ref={video} aria-label={label} autoPlay playsInline muted={muted} width={width} className={className} />
  );
}
