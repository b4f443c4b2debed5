import { useMemo } from "react";
import { seatsFor, sideSeats, TALL, WIDE } from "./seats.ts";

interface Side {
  ready: number;
  here: number;
}

interface BowlProps {
  /** One side when everybody meets everybody: then both halves are of one colour. */
  sides: Side[];
  /** On which side our seat is; undefined when we have none. */
  you: number | undefined;
  label: string;
  children: React.ReactNode;
}

/** The seats of the party around its clock. A seat is a dot, a lit one is a person who is ready. */
export function Bowl({ sides, you, label, children }: BowlProps) {
  return (
    <div className="bowl">
      <Hall sides={sides} you={you} label={label} />
      <Hall sides={sides} you={you} label={label} tall />
      <div className="clock">{children}</div>
    </div>
  );
}

function Hall({ sides, you, label, tall = false }: Omit<BowlProps, "children"> & { tall?: boolean }) {
  const { width, height } = tall ? TALL : WIDE;
  const [first, second] = useMemo(() => halvesOf(sides), [sides]);
  return (
    <svg className={tall ? "hall tall" : "hall wide"} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <Half half={first} side="first" tall={tall} you={you === 0} plain />
      <Half half={second} side="second" tall={tall} you={you === 1 && sides.length > 1} plain={sides.length === 1} />
    </svg>
  );
}

interface HalfProps {
  half: { seats: number; lit: number };
  side: "first" | "second";
  tall: boolean;
  you: boolean;
  plain: boolean;
}

function Half({ half, side, tall, you, plain }: HalfProps) {
  const seats = useMemo(() => sideSeats(half.seats, side, tall), [half.seats, side, tall]);
  const own = you ? seats[0] : undefined;
  return (
    <>
      {seats.map((seat, at) => (
        <circle
          key={`${seat.x} ${seat.y}`}
          className={at < half.lit ? (plain ? "on" : "b on") : "d"}
          cx={seat.x.toFixed(1)}
          cy={seat.y.toFixed(1)}
          r={seat.r.toFixed(1)}
        />
      ))}
      {own && <circle className="you" cx={own.x.toFixed(1)} cy={own.y.toFixed(1)} r={(own.r + 4.7).toFixed(1)} />}
    </>
  );
}

/** Everybody on two halves: as they chose, or evenly. */
function halvesOf(sides: Side[]): [{ seats: number; lit: number }, { seats: number; lit: number }] {
  const [one, two] = sides;
  if (!one) return [seatsFor(0, 0), seatsFor(0, 0)];
  if (two) return [seatsFor(one.here, one.ready), seatsFor(two.here, two.ready)];
  const [here, ready] = [Math.ceil(one.here / 2), Math.ceil(one.ready / 2)];
  return [seatsFor(here, ready), seatsFor(one.here - here, one.ready - ready)];
}
