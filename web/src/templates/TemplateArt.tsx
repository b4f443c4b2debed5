import type { ReactNode } from "react";

/** Where a drawing puts a dot. Classes: a accent, b neutral, c paper, k ink (see templates.css). */
function Dot({ x, y, r, tone }: { x: number; y: number; r: number; tone: string }) {
  return <circle className={tone} cx={x} cy={y} r={r} />;
}

function Bar({ x, y, w, h, tone, r = 3 }: { x: number; y: number; w: number; h: number; tone: string; r?: number }) {
  return <rect className={tone} x={x} y={y} width={w} height={h} rx={r} />;
}

function conference() {
  return (
    <>
      <Bar tone="k" x={27} y={15} w={104} h={8} r={2} />
      <Bar tone="a" x={27} y={29} w={32} h={20} />
      <Bar tone="b" x={27} y={53} w={32} h={14} />
      <Bar tone="b" x={27} y={71} w={32} h={16} />
      <Bar tone="b" x={63} y={29} w={32} h={20} />
      <Bar tone="b" x={63} y={53} w={32} h={34} />
      <Bar tone="b" x={99} y={29} w={32} h={12} />
      <Bar tone="b" x={99} y={45} w={32} h={24} />
      <Bar tone="b" x={99} y={73} w={32} h={14} />
    </>
  );
}

function webinar() {
  return (
    <>
      <rect className="c" x={24} y={24} width={76} height={52} rx={5} />
      <Dot tone="a" x={62} y={44} r={8} />
      <path className="a" d="M44 76c1-12 8-19 18-19s17 7 18 19z" />
      {[28, 20, 25, 16, 22].map((width, row) => (
        <Bar key={width} tone="b" x={108} y={26 + row * 11} w={width} h={6} />
      ))}
    </>
  );
}

/** Pairs in conversation; the lit pair talks, the line between them is the call. */
function party() {
  const pairs = [
    { x: 33, y: 32, lit: true },
    { x: 83, y: 32, lit: false },
    { x: 33, y: 66, lit: false },
    { x: 83, y: 66, lit: true },
  ];
  return pairs.map(({ x, y, lit }) => (
    <g key={`${x}-${y}`}>
      <path className={lit ? "s" : "s off"} d={`M${x} ${y}h22`} />
      <Dot tone={lit ? "a" : "b"} x={x - 2} y={y} r={8} />
      <Dot tone={lit ? "k" : "b"} x={x + 26} y={y} r={8} />
    </g>
  ));
}

/** The loudest question first. */
function ama() {
  const rows = [
    { y: 20, width: 82, r: 8, tone: "a" },
    { y: 40, width: 66, r: 6, tone: "b" },
    { y: 60, width: 74, r: 5, tone: "b" },
    { y: 80, width: 50, r: 4, tone: "b" },
  ];
  return rows.map(({ y, width, r, tone }) => (
    <g key={y}>
      <rect className="c" x={46} y={y} width={width} height={13} rx={4} />
      <Dot tone={tone} x={32} y={y + 6.5} r={r} />
    </g>
  ));
}

/** A board everyone works on and the people round it. */
function workshop() {
  return (
    <>
      <rect className="c" x={34} y={20} width={92} height={44} rx={5} />
      <Bar tone="a" x={42} y={28} w={24} h={14} />
      <Bar tone="b" x={70} y={28} w={24} h={14} />
      <Bar tone="b" x={42} y={46} w={24} h={10} />
      <Bar tone="k" x={70} y={46} w={14} h={10} />
      <Bar tone="b" x={98} y={28} w={20} h={28} />
      {[44, 62, 80, 98, 116].map((x, seat) => (
        <Dot key={x} tone={seat === 2 ? "a" : "b"} x={x} y={78} r={5} />
      ))}
    </>
  );
}

/** A loose ring of people round whoever speaks. */
function meetup() {
  const seats = Array.from({ length: 11 }, (_, seat) => {
    const angle = (seat / 11) * 2 * Math.PI - Math.PI / 2;
    return { x: 80 + 46 * Math.cos(angle), y: 50 + 30 * Math.sin(angle), seat };
  });
  return (
    <>
      <Dot tone="a" x={80} y={50} r={11} />
      {seats.map(({ x, y, seat }) => (
        <Dot key={seat} tone={seat % 4 === 1 ? "k" : "b"} x={x} y={y} r={5} />
      ))}
    </>
  );
}

function tables() {
  const circles = [
    { x: 48, y: 36, hosted: true },
    { x: 112, y: 36, hosted: false },
    { x: 48, y: 76, hosted: false },
    { x: 112, y: 76, hosted: true },
  ];
  return circles.map(({ x, y, hosted }) => (
    <g key={`${x}-${y}`}>
      <Dot tone={hosted ? "a" : "c"} x={x} y={y} r={7} />
      {[0, 1, 2, 3, 4, 5].map((seat) => (
        <Dot
          key={seat}
          tone={seat === 1 ? "b" : "k"}
          x={x + 14 * Math.cos((seat * Math.PI) / 3)}
          y={y + 14 * Math.sin((seat * Math.PI) / 3)}
          r={3.4}
        />
      ))}
    </g>
  ));
}

/** Benches in half circles before one speaker: the plenary itself. */
function townHall() {
  const benches = [20, 33, 46, 59].flatMap((radius, bench) => {
    const seats = 5 + bench * 4;
    return Array.from({ length: seats }, (_, seat) => {
      const angle = Math.PI + (seat / (seats - 1)) * Math.PI;
      return {
        id: `${bench}-${seat}`,
        x: 80 + radius * Math.cos(angle),
        y: 84 + radius * Math.sin(angle),
        lit: (seat * 7 + bench * 3) % 9 === 0,
      };
    });
  });
  return (
    <>
      <Dot tone="a" x={80} y={84} r={6} />
      {benches.map(({ id, x, y, lit }) => (
        <Dot key={id} tone={lit ? "k" : "b"} x={x} y={y} r={3} />
      ))}
    </>
  );
}

/** Two groups, and who meets whom. */
function careerFair() {
  const meets = [50, 22, 64, 36, 78];
  return [22, 36, 50, 64, 78].map((y, row) => (
    <g key={y}>
      <path className="s" d={`M53 ${y}C80 ${y} 80 ${meets[row]} 107 ${meets[row]}`} />
      <Dot tone="a" x={46} y={y} r={5} />
      <Dot tone="k" x={114} y={y} r={5} />
    </g>
  ));
}

/** The hours, and the podium at their end. */
function hackathon() {
  return (
    <>
      <path className="s off" d="M22 38H138" />
      {[26, 53, 80, 107, 134].map((x, step) => (
        <Dot key={x} tone={step < 3 ? "a" : "b"} x={x} y={38} r={4.5} />
      ))}
      <Bar tone="b" x={56} y={62} w={16} h={22} r={2} />
      <Bar tone="a" x={73} y={54} w={16} h={30} r={2} />
      <Bar tone="b" x={90} y={68} w={16} h={16} r={2} />
    </>
  );
}

function expo() {
  return [22, 54].flatMap((y, row) =>
    [24, 53, 82, 111].map((x, column) => (
      <g key={`${x}-${y}`}>
        <Bar tone={row === 0 && column === 1 ? "a" : "c"} x={x} y={y} w={25} h={20} />
        <Bar tone="b" x={x} y={y + 22} w={16} h={4} r={2} />
      </g>
    )),
  );
}

/** Two chairs, turned to each other. */
function fireside() {
  return (
    <>
      <Dot tone="a" x={52} y={38} r={9} />
      <path className="a" d="M34 74c1-14 8-22 18-22s17 8 18 22z" />
      <Dot tone="k" x={108} y={38} r={9} />
      <path className="k" d="M90 74c1-14 8-22 18-22s17 8 18 22z" />
      <path className="s" d="M72 40h16" />
      <Bar tone="b" x={24} y={80} w={112} h={4} r={2} />
    </>
  );
}

/** Four behind a table, one of them speaking. */
function panel() {
  return (
    <>
      {[38, 66, 94, 122].map((x, seat) => (
        <Dot key={x} tone={seat === 2 ? "a" : "b"} x={x} y={40} r={10} />
      ))}
      <Bar tone="k" x={22} y={58} w={116} h={10} />
      <Bar tone="c" x={30} y={68} w={100} h={16} r={2} />
    </>
  );
}

function screen() {
  return (
    <>
      <Bar tone="c" x={30} y={14} w={100} h={56} r={5} />
      <path className="a" d="M72 30v24l20-12z" />
      {[40, 56, 72, 88, 104, 120].map((x, seat) => (
        <Dot key={x} tone={seat === 1 || seat === 4 ? "k" : "b"} x={x} y={84} r={5} />
      ))}
    </>
  );
}

function award() {
  return (
    <>
      <path className="a" d="m80 16 7 15 16 2-12 11 3 16-14-8-14 8 3-16-12-11 16-2z" />
      <Bar tone="b" x={40} y={74} w={24} h={12} r={2} />
      <Bar tone="k" x={68} y={66} w={24} h={20} r={2} />
      <Bar tone="b" x={96} y={78} w={24} h={8} r={2} />
    </>
  );
}

/** What is pitched grows. */
function pitch() {
  return (
    <>
      <Bar tone="c" x={28} y={18} w={104} h={56} r={5} />
      <path className="s" d="M40 62 64 50l18 6 36-28" />
      <Dot tone="a" x={118} y={28} r={5} />
      <Dot tone="k" x={54} y={86} r={4} />
      <Dot tone="b" x={80} y={86} r={4} />
      <Dot tone="b" x={106} y={86} r={4} />
    </>
  );
}

/** Slots and tables that fill as people come. */
function grid() {
  const taken = ["0-0", "1-2", "2-1", "3-0"];
  return [0, 1, 2, 3].flatMap((column) =>
    [0, 1, 2].map((row) => {
      const place = `${column}-${row}`;
      const tone = taken.includes(place) ? (place === "1-2" ? "k" : "a") : "c";
      return <Bar key={place} tone={tone} x={28 + column * 27} y={18 + row * 23} w={23} h={19} />;
    }),
  );
}

function book() {
  return (
    <>
      <path className="c" d="M80 30c-14-9-30-9-44-4v48c14-5 30-5 44 4z" />
      <path className="c" d="M80 30c14-9 30-9 44-4v48c-14-5-30-5-44 4z" />
      <path className="s" d="M46 40c8-2 16-1 24 3M46 52c8-2 16-1 24 3" />
      <path className="s off" d="M114 40c-8-2-16-1-24 3M114 52c-8-2-16-1-24 3" />
    </>
  );
}

const drawings: Record<string, () => ReactNode> = {
  conference,
  webinar,
  party,
  ama,
  workshop,
  meetup,
  tables,
  "town-hall": townHall,
  "career-fair": careerFair,
  hackathon,
  expo,
  fireside,
  panel,
  screen,
  award,
  pitch,
  grid,
  book,
};

/** The thumbnail of a template by its `art` key. A key this version does not draw gets the benches, which suit any event. */
export function TemplateArt({ art }: { art: string }) {
  const draw = drawings[art] ?? townHall;
  return (
    <svg className="template-art" viewBox="0 0 160 100" aria-hidden="true" focusable="false">
      {draw()}
    </svg>
  );
}
