import { initials } from "../platform/components/index.ts";
import type { ProfileCard } from "./party.ts";

const [WIDTH, HEIGHT, EDGE] = [1080, 1210, 72];
const [GROUND, INK, SOFT, GOLD, LEAF] = ["#06291f", "#f4f1e6", "#d5ddcf", "#e8c677", "#134a3a"];
const FONT = '"Instrument Sans", sans-serif';

interface CardWords {
  event: string;
  lines: readonly [string, string];
  came: string;
  faces: ProfileCard[];
  /** How many are not pictured. */
  rest: number;
}

/** The share card as a picture to keep; drawn here, so that nobody else learns whom somebody met. */
export async function drawCard({ event, lines, came, faces, rest }: CardWords): Promise<Blob> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  await document.fonts?.load(`600 100px ${FONT}`).catch(() => undefined);
  pen.fillStyle = GROUND;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  drawHall(pen);
  pen.fillStyle = GOLD;
  pen.beginPath();
  pen.roundRect(EDGE, EDGE, 72, 72, 18);
  pen.fill();
  pen.strokeStyle = GROUND;
  pen.lineWidth = 9;
  pen.beginPath();
  pen.arc(EDGE + 36, EDGE + 36, 15, -0.4, Math.PI + 0.4);
  pen.stroke();
  write(pen, event, EDGE + 96, EDGE + 48, 34, INK, 500);
  write(pen, `${lines[0]},`, EDGE, 300, 104, INK, 600);
  write(pen, lines[1], EDGE, 408, 104, INK, 600);
  write(pen, came, EDGE, 484, 36, SOFT, 400);
  const pictures = await Promise.all(faces.map(loaded));
  for (const [at, who] of faces.entries()) drawFace(pen, at, pictures[at], initials(who.name));
  if (rest > 0) drawFace(pen, faces.length, undefined, faces.length > 0 ? `+${rest}` : String(rest));
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("not drawn"))), "image/png"),
  );
}

function write(
  pen: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  size: number,
  ink: string,
  weight: number,
) {
  pen.fillStyle = ink;
  pen.font = `${weight} ${size}px ${FONT}`;
  pen.fillText(text, x, y, WIDTH - x - EDGE);
}

/** Seats around a stage that is below the picture. */
function drawHall(pen: CanvasRenderingContext2D) {
  for (let row = 0; row < 8; row++)
    for (let at = 0; at <= 22 + 3 * row; at++) {
      const angle = Math.PI * (0.06 + (0.88 * at) / (22 + 3 * row));
      const radius = 420 + 58 * row;
      pen.globalAlpha = 0.5 - 0.045 * row;
      pen.fillStyle = (at * 7 + row * 11) % 9 === 0 ? GOLD : LEAF;
      pen.beginPath();
      pen.arc(WIDTH / 2 - radius * Math.cos(angle), HEIGHT + 240 - radius * 0.82 * Math.sin(angle), 13, 0, 7);
      pen.fill();
    }
  pen.globalAlpha = 1;
}

function drawFace(pen: CanvasRenderingContext2D, at: number, picture: HTMLImageElement | undefined, letters: string) {
  const [radius, y] = [100, HEIGHT - EDGE - 120];
  const x = EDGE + radius + at * (2 * radius - 36);
  pen.fillStyle = GROUND;
  pen.beginPath();
  pen.arc(x, y, radius + 12, 0, 7);
  pen.fill();
  pen.save();
  pen.beginPath();
  pen.arc(x, y, radius, 0, 7);
  pen.clip();
  pen.fillStyle = LEAF;
  pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  if (picture) pen.drawImage(picture, x - radius, y - radius, 2 * radius, 2 * radius);
  else {
    pen.textAlign = "center";
    write(pen, letters, x, y + 24, 68, INK, 600);
  }
  pen.restore();
  pen.textAlign = "start";
}

async function loaded({ picture }: ProfileCard): Promise<HTMLImageElement | undefined> {
  if (!picture) return undefined;
  const image = new Image();
  image.src = picture;
  return await image.decode().then(
    () => image,
    () => undefined,
  );
}
