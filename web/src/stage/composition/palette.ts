/** The colours of a picture, all of the event's accent: the hall is dark, the speaker is lit. */
export interface Palette {
  ground: string;
  dot: string;
  /** Around whoever speaks, and the edge of plates. */
  accent: string;
  /** A tile without a picture. */
  tile: string;
}

export const PAPER = "#f4f1e6";
export const FAINT = "#d3d8cf";
export const PLATE = "#081612e6";

/** @param accent `#rrggbb`; anything else counts as the colour of the hall. */
export function paletteOf(accent: string): Palette {
  const { hue, chroma } = hueOf(/^#[0-9a-f]{6}$/i.test(accent) ? accent : "#2c6b58");
  return {
    ground: hex(0.25, Math.min(chroma, 0.045), hue),
    dot: hex(0.42, Math.min(chroma, 0.07), hue),
    tile: hex(0.32, Math.min(chroma, 0.05), hue),
    accent: hex(0.82, Math.min(chroma, 0.1), hue),
  };
}

interface Hue {
  /** Radians. */
  hue: number;
  chroma: number;
}

/** Hue and chroma in OKLab (Björn Ottosson, "A perceptual color space for image processing"). */
function hueOf(color: string): Hue {
  const channel = (at: number) => linear(Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [r, g, b] = [channel(1), channel(3), channel(5)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const c = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { hue: Math.atan2(c, a), chroma: Math.hypot(a, c) };
}

function hex(lightness: number, chroma: number, hue: number): string {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${channels
    .map((value) =>
      Math.round(255 * gamma(Math.min(1, Math.max(0, value))))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const gamma = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
