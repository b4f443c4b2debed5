import type { PersonMedia } from "./composition/scene";
import { EMPTY_PLAN, type Plan, type Spot } from "./plan";

/** People, slides and a plan for trying the compositor without anybody there. */

export const PEOPLE = [
  { person: "ingrid", name: "Ingrid Solheim", title: "Maintainer, Fjord Rail" },
  { person: "rafael", name: "Rafael Moreira", title: "Treasurer, Open Rails Brasil" },
  { person: "amara", name: "Amara Okafor", title: "Director of Platforms, Lagos Transit" },
  { person: "david", name: "David Achterberg", title: "Camera off" },
  { person: "lena", name: "Lena Vogt", title: "Producer" },
  { person: "kwame", name: "Kwame Mensah", title: "Editor" },
];

/** A camera that shows a face of sorts, 15 frames a second, and a voice that speaks every now and then. */
function sampleOf(person: string, n: number, audio: AudioContext): PersonMedia {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 360;
  const painter = canvas.getContext("2d");
  const draw = () => {
    if (!painter) return;
    const sway = Math.sin(performance.now() / 900 + n) * 14;
    painter.fillStyle = `hsl(${n * 57} 22% 48%)`;
    painter.fillRect(0, 0, 640, 360);
    painter.fillStyle = `hsl(${n * 57 + 180} 35% 30%)`;
    painter.fillRect(200 + sway, 250, 240, 110);
    painter.fillStyle = `hsl(${20 + n * 4} 45% ${40 + n * 6}%)`;
    painter.beginPath();
    painter.arc(320 + sway, 180, 90, 0, 2 * Math.PI);
    painter.fill();
  };
  draw();
  setInterval(draw, 66);
  const voice = audio.createOscillator();
  const gain = audio.createGain();
  const out = audio.createMediaStreamDestination();
  voice.frequency.value = 180 + n * 40;
  gain.gain.value = 0;
  voice.connect(gain).connect(out);
  voice.start();
  setInterval(() => {
    const speaks = Math.floor(performance.now() / 3_000) % PEOPLE.length === n;
    gain.gain.setTargetAtTime(speaks ? 0.2 : 0, audio.currentTime, 0.02);
  }, 200);
  return { person, camera: canvas.captureStream(15), microphone: out.stream };
}

/** Everybody of the sample but the one whose camera is off. */
export function samplePeople(): PersonMedia[] {
  const audio = new AudioContext();
  return PEOPLE.map(({ person }, n) => {
    const media = sampleOf(person, n, audio);
    return person === "david" ? { ...media, camera: undefined } : media;
  });
}

const slide = (title: string, text: string, ground: string) =>
  URL.createObjectURL(
    new Blob(
      [
        `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900" font-family="sans-serif"><rect width="1600" height="900" fill="${ground}"/><text x="120" y="200" font-size="96" font-weight="700" fill="#123">${title}</text><text x="120" y="320" font-size="48" fill="#345">${text}</text><path d="M120 760 L500 740 L700 480 L1000 420 L1480 400" stroke="#0e6b54" stroke-width="12" fill="none"/></svg>`,
      ],
      { type: "image/svg+xml" },
    ),
  );

export function samplePlan(): Plan {
  const pages = [
    slide("Arrivals, Friday 13:00", "Sign-ins per second. The dashed line is what we planned for.", "#f6f2e4"),
    slide("14 ×", "the forecast, in ninety seconds", "#e4eef6"),
  ];
  return {
    ...EMPTY_PLAN,
    version: 1,
    layout: "duo",
    on: spotsOf(2),
    slides: { deck: "sample", page: 0, pages, by: "amara" },
    brand: { accent: "#0e6b54", frame: "none" },
  };
}

export const spotsOf = (count: number): Spot[] =>
  PEOPLE.slice(0, count).map(({ person, name, title }) => ({
    spot: person,
    kind: "person",
    person,
    name,
    title,
    muted: false,
    lowerThird: false,
  }));

export const SLIDES_SPOT: Spot = {
  spot: "slides",
  kind: "slides",
  name: "Slides",
  muted: false,
  lowerThird: false,
};
