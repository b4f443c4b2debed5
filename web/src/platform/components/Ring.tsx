import type { ReactNode } from "react";

/** From this share on, what runs out is marked. */
const LAST_FIFTH = 0.2;

interface RingProps {
  /** What is left, from 1 to 0. */
  left: number;
  size?: number;
  width?: number;
  children: ReactNode;
}

/** A ring that runs out, with the number that says so. */
export function Ring({ left, size = 64, width = 6, children }: RingProps) {
  const value = Math.min(1, Math.max(0, left));
  return (
    <div
      className={value <= LAST_FIFTH ? "ring soon" : "ring"}
      style={{ "--v": value, "--s": `${size}px`, "--w": width } as React.CSSProperties}
    >
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="46" pathLength="100" />
        <circle cx="50" cy="50" r="46" pathLength="100" />
      </svg>
      {children}
    </div>
  );
}
