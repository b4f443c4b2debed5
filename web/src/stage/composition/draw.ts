import { type Box, cropped, fitted, inset, PICTURE_HEIGHT, PICTURE_WIDTH, WHOLE_PICTURE } from "./box";
import type { Picture } from "./films";
import { FAINT, PAPER, type Palette, PLATE } from "./palette";
import type { ShownTile } from "./scenery";
import { clipped, FAMILY, initials, type Measure, type Plate } from "./words";

export type Painter = CanvasRenderingContext2D;

/** The hall's rows of seats, drawn once: it lies under everything. */
export function groundOf(palette: Palette): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = PICTURE_WIDTH;
  canvas.height = PICTURE_HEIGHT;
  const painter = canvas.getContext("2d", { alpha: false });
  if (!painter) return canvas;
  painter.fillStyle = palette.ground;
  painter.fillRect(0, 0, PICTURE_WIDTH, PICTURE_HEIGHT);
  painter.fillStyle = palette.dot;
  for (let row = 0; row < 12; row++) {
    const radius = 130 + row * 58;
    const seats = Math.round(radius / 9);
    painter.globalAlpha = Math.max(0.05, 0.5 - row * 0.035);
    for (let seat = 0; seat <= seats; seat++) {
      const angle = Math.PI + (Math.PI * seat) / seats;
      painter.beginPath();
      const x = PICTURE_WIDTH / 2 + Math.cos(angle) * radius;
      painter.arc(x, PICTURE_HEIGHT * 0.86 + Math.sin(angle) * radius, 6, 0, 2 * Math.PI);
      painter.fill();
    }
  }
  return canvas;
}

/** A camera, screen, slide or clip in its tile. */
export function drawTile(painter: Painter, tile: ShownTile, picture: Picture): void {
  painter.save();
  painter.globalAlpha = tile.alpha;
  clip(painter, tile.box, tile.radius);
  drawPicture(painter, picture, tile.box, tile.fit);
  painter.restore();
}

/** Fills the box with the picture, or shows all of it in the middle of the box. */
export function drawPicture(painter: Painter, picture: Picture, box: Box, fit: "cover" | "contain"): void {
  if (fit === "cover") {
    const part = cropped(picture.width, picture.height, box);
    painter.drawImage(picture.source, part.x, part.y, part.width, part.height, box.x, box.y, box.width, box.height);
    return;
  }
  const place = fitted(box, picture.width / picture.height);
  painter.drawImage(picture.source, place.x, place.y, place.width, place.height);
}

/** A tile whose picture has not come yet. */
export function drawEmpty(painter: Painter, tile: ShownTile, palette: Palette): void {
  const { box } = tile;
  painter.save();
  painter.globalAlpha = tile.alpha;
  clip(painter, box, tile.radius);
  painter.fillStyle = palette.tile;
  painter.fillRect(box.x, box.y, box.width, box.height);
  painter.restore();
}

/** Somebody without a camera: who it is, where the face would be. The name is left out where it stands on a plate. */
export function drawNobody(
  painter: Painter,
  tile: ShownTile,
  { name, lowerThird }: { name: string; lowerThird: boolean },
  palette: Palette,
  measure: Measure,
): void {
  const { box } = tile;
  const radius = Math.min(box.width, box.height) * 0.17;
  const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.45];
  drawEmpty(painter, tile, palette);
  painter.save();
  painter.globalAlpha = tile.alpha;
  clip(painter, box, tile.radius);
  painter.beginPath();
  painter.arc(x, y, radius, 0, 2 * Math.PI);
  painter.fillStyle = palette.dot;
  painter.fill();
  painter.fillStyle = PAPER;
  painter.textAlign = "center";
  painter.textBaseline = "middle";
  painter.font = `600 ${Math.round(radius * 0.8)}px ${FAMILY}`;
  painter.fillText(initials(name), x, y);
  if (!lowerThird) {
    const size = Math.max(15, Math.min(34, box.width * 0.05));
    painter.font = `600 ${Math.round(size)}px ${FAMILY}`;
    painter.fillText(clipped(name, box.width * 0.9, painter.font, measure), x, y + radius + size * 1.4);
  }
  painter.restore();
}

/** Around whoever speaks. */
export function drawOutline(painter: Painter, tile: ShownTile, palette: Palette): void {
  painter.save();
  painter.globalAlpha = tile.alpha;
  painter.strokeStyle = palette.accent;
  painter.lineWidth = 4;
  painter.beginPath();
  painter.roundRect(
    tile.box.x + 2,
    tile.box.y + 2,
    tile.box.width - 4,
    tile.box.height - 4,
    Math.max(0, tile.radius - 2),
  );
  painter.stroke();
  painter.restore();
}

/** Words on a dark plate with the accent at its edge. */
export function drawPlate(painter: Painter, plate: Plate, palette: Palette, alpha: number, shift = 0): void {
  const { box } = plate;
  painter.save();
  painter.globalAlpha = alpha;
  painter.translate(shift, 0);
  painter.fillStyle = PLATE;
  painter.fillRect(box.x, box.y, box.width, box.height);
  painter.fillStyle = palette.accent;
  painter.fillRect(box.x, box.y, 5, box.height);
  drawLines(painter, plate, "left");
  painter.restore();
}

/** Instead of the stage: words on the ground, or over a film. */
export function drawCard(
  painter: Painter,
  ground: CanvasImageSource,
  words: Plate,
  film: Picture | undefined,
  alpha: number,
): void {
  painter.save();
  painter.globalAlpha = alpha;
  painter.drawImage(ground, 0, 0);
  if (film) {
    drawPicture(painter, film, WHOLE_PICTURE, "cover");
    const shade = painter.createLinearGradient(0, PICTURE_HEIGHT * 0.55, 0, PICTURE_HEIGHT);
    shade.addColorStop(0, "#08161200");
    shade.addColorStop(1, "#081612e6");
    painter.fillStyle = shade;
    painter.fillRect(0, 0, PICTURE_WIDTH, PICTURE_HEIGHT);
  }
  drawLines(painter, words, film ? "left" : "center");
  painter.restore();
}

/** The event's line around the picture. */
export function drawFrameLine(painter: Painter, palette: Palette): void {
  painter.strokeStyle = palette.accent;
  painter.lineWidth = 6;
  const box = inset(WHOLE_PICTURE, 3);
  painter.strokeRect(box.x, box.y, box.width, box.height);
}

/** The event's logo at the upper right. */
export function drawLogo(painter: Painter, logo: Picture, low: boolean): void {
  const room = { x: 0, y: 0, width: 180, height: low ? 26 : 48 };
  const place = fitted(room, logo.width / logo.height);
  painter.drawImage(logo.source, PICTURE_WIDTH - 28 - place.width, low ? 7 : 24, place.width, place.height);
}

function drawLines(painter: Painter, plate: Plate, align: CanvasTextAlign): void {
  painter.textAlign = align;
  painter.textBaseline = "middle";
  for (const line of plate.lines) {
    painter.font = line.font;
    painter.fillStyle = line.faint ? FAINT : PAPER;
    painter.fillText(line.text, line.x, line.y);
  }
}

function clip(painter: Painter, box: Box, radius: number): void {
  painter.beginPath();
  painter.roundRect(box.x, box.y, box.width, box.height, radius);
  painter.clip();
}
