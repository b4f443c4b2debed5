import { FRAMES_PER_SECOND, PICTURE_HEIGHT, PICTURE_WIDTH } from "./composition/box";
import {
  drawCard,
  drawEmpty,
  drawFrameLine,
  drawLogo,
  drawNobody,
  drawOutline,
  drawPlate,
  drawTile,
  groundOf,
} from "./composition/draw";
import { Deck, Images, Player } from "./composition/files";
import { Films, type Picture } from "./composition/films";
import { arrange, isContent, nameBox } from "./composition/layout";
import { Mixer } from "./composition/mixer";
import { type Palette, paletteOf } from "./composition/palette";
import {
  audible,
  clipOnStage,
  microphoneOf,
  type PersonMedia,
  pictureOf,
  speakers,
  streamsOf,
} from "./composition/scene";
import { Fade, MOVE_MS, Scenery, type ShownTile } from "./composition/scenery";
import { ActiveSpeaker } from "./composition/speaker";
import { Ticker } from "./composition/ticker";
import { banner, bannerReserves, cardWords, FAMILY, lowerThird, type Measure } from "./composition/words";
import { EMPTY_PLAN, type Plan, type Spot, type StageCard } from "./plan";
import { drawTimecode } from "./timecode";

export { FRAMES_PER_SECOND, PICTURE_HEIGHT, PICTURE_WIDTH } from "./composition/box";
export type { PersonMedia } from "./composition/scene";

/** Enough for a preview, at half the work. */
const PREVIEWS_PER_SECOND = 12.5;
/** For each millisecond that a picture took, so many are left to the rest of the page before the next one. */
const PREVIEW_REST = 1;
const AUDIENCE_REST = 0.2;
/** Every so many frames it is looked who speaks. */
const LISTEN_EVERY = 5;
const MOST_MEASURED = 500;

interface CompositorOptions {
  /** Burns a clock into the picture that can be read off played frames. */
  timecode?: boolean;
  /** The person whose microphone `analyser` hears. */
  self?: string;
  /** Nothing moves; default: what the visitor's system says. */
  still?: boolean;
}

/**
 * Makes the one picture and the one sound the audience gets. A plan says who and what is on stage and how; cameras,
 * screens and microphones come from whoever is there. Out comes a steady stream of 1280 × 720 at 25 frames a second with
 * one mixed sound, whatever comes and goes: in a speaker's tab, hidden or not, or in a browser on the server.
 */
export class Compositor {
  readonly canvas = document.createElement("canvas");
  private readonly painter: CanvasRenderingContext2D;
  private readonly mixer = new Mixer();
  private readonly films = new Films();
  private readonly images = new Images();
  private readonly deck = new Deck(this.images);
  private readonly clip = new Player("video");
  private readonly cardFilm = new Player("video");
  private readonly music = new Player("audio");
  private readonly floor = new ActiveSpeaker();
  private readonly ticker: Ticker;
  private readonly timecode: boolean;
  private readonly pace: number;
  private readonly scenery: Scenery;
  private readonly cardFade: Fade;
  private readonly bannerFade: Fade;
  private readonly nameFades = new Map<string, Fade>();
  private readonly widths = new Map<string, number>();
  private plan: Plan = EMPTY_PLAN;
  private spots = new Map<string, Spot>();
  private card: StageCard | undefined;
  private banner: Plan["banner"];
  private palette: Palette;
  private ground: HTMLCanvasElement;
  private frames = 0;
  private previews = false;
  private captured: MediaStream | undefined;

  constructor({ timecode = false, self, still = prefersStill() }: CompositorOptions = {}) {
    this.timecode = timecode;
    this.mixer.self = self;
    this.pace = still ? 0 : MOVE_MS;
    this.scenery = new Scenery(this.pace);
    this.cardFade = new Fade(this.pace);
    this.bannerFade = new Fade(this.pace);
    this.palette = paletteOf(this.plan.brand.accent);
    this.ground = groundOf(this.palette);
    this.canvas.width = PICTURE_WIDTH;
    this.canvas.height = PICTURE_HEIGHT;
    const painter = this.canvas.getContext("2d", { alpha: false });
    if (!painter) throw new Error("This browser cannot draw on a canvas.");
    this.painter = painter;
    for (const { element } of [this.clip, this.cardFilm, this.music]) this.mixer.addFile(element);
    // A canvas draws in a font only when it is there.
    for (const weight of [400, 600]) void document.fonts?.load(`${weight} 30px ${FAMILY}`).catch(() => undefined);
    this.ticker = new Ticker(1000 / FRAMES_PER_SECOND, () => this.paint());
    this.ticker.rest = AUDIENCE_REST;
    this.paint();
  }

  /**
   * What the audience gets. Made when it is first asked for, and given up for a preview: a canvas that is captured is read back picture by picture,
   * whether or not anybody takes them, which costs more than drawing it.
   */
  get stream(): MediaStream {
    this.captured ??= new MediaStream([
      ...this.canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks(),
      ...this.mixer.stream.getAudioTracks().map((track) => track.clone()),
    ]);
    return this.captured;
  }

  /** Whose microphone `analyser` hears of what is fed from now on. */
  set self(person: string) {
    this.mixer.self = person;
  }

  /** Loudness of one's own microphone before muting. */
  get analyser(): AnalyserNode {
    return this.mixer.analyser;
  }

  /**
   * Nobody but the crew sees it: fewer pictures are enough, none while nobody can see them, and the page itself comes first. The audience's picture must be
   * at full pace before it is recorded.
   */
  set preview(preview: boolean) {
    this.previews = preview;
    this.ticker.rest = preview ? PREVIEW_REST : AUDIENCE_REST;
    if (preview) this.release();
    this.ticker.every = 1000 / (preview ? PREVIEWS_PER_SECOND : FRAMES_PER_SECOND);
  }

  /** Pictures a second, lately; below 20 the audience sees it stutter. */
  get rate(): number {
    return this.ticker.rate;
  }

  /** The person who has the floor, if anybody on stage speaks. */
  get speaker(): string | undefined {
    return this.floor.current?.slice(microphoneOf("").length);
  }

  /** Browsers start sound only after a person did something; call this from a click. */
  async wake(): Promise<void> {
    for (const player of [this.clip, this.cardFilm, this.music]) player.start();
    await this.mixer.wake();
  }

  /** From now on the picture follows this plan. */
  show(plan: Plan): void {
    if (plan === this.plan) return;
    if (plan.brand.accent !== this.plan.brand.accent) {
      this.palette = paletteOf(plan.brand.accent);
      this.ground = groundOf(this.palette);
    }
    this.plan = plan;
    // Who leaves is still drawn for a moment, and so are the words of a card that goes.
    for (const spot of plan.on) this.spots.set(spot.spot, spot);
    if (plan.card) this.card = plan.card;
    if (plan.banner) this.banner = plan.banner;
    const { clip } = plan;
    const running = clip && plan.on.some(({ kind }) => kind === "clip");
    this.clip.play(running ? { ...clip } : undefined);
    this.mixer.playFile(this.clip.element, clipOnStage(plan) ? "clip" : "silent");
    this.cardFilm.play(plan.card?.clip ? { url: plan.card.clip, loop: true } : undefined);
    this.mixer.playFile(this.cardFilm.element, plan.card?.clip && !plan.card.music ? "music" : "silent");
    this.music.play(plan.card?.music ? { url: plan.card.music, loop: true } : undefined);
    this.mixer.playFile(this.music.element, plan.card?.music ? "music" : "silent");
    this.mixer.hear(audible(plan));
  }

  /** From now on these people are there, on stage or not, and send this. */
  feed(people: readonly PersonMedia[]): void {
    const { pictures, voices } = streamsOf(people);
    this.films.set(pictures);
    this.mixer.set(voices);
    this.mixer.hear(audible(this.plan));
  }

  close(): void {
    this.ticker.close();
    this.films.close();
    this.mixer.close();
    for (const player of [this.clip, this.cardFilm, this.music]) player.close();
    this.release();
  }

  private release(): void {
    for (const track of this.captured?.getTracks() ?? []) track.stop();
    this.captured = undefined;
  }

  private paint(): void {
    const now = performance.now();
    const { painter, plan } = this;
    if (this.previews && (document.hidden || !this.canvas.isConnected)) return;
    if (this.frames++ % LISTEN_EVERY === 0) this.listen(now);
    this.cardFade.set(plan.card !== undefined, now);
    this.bannerFade.set(plan.banner !== undefined, now);
    const card = this.cardFade.alpha(now);
    painter.drawImage(this.ground, 0, 0);
    if (card < 1) this.paintStage(now);
    if (card > 0 && this.card) this.paintCard(this.card, card);
    if (plan.brand.frame === "line") drawFrameLine(painter, this.palette);
    const logo = plan.brand.logo && this.images.picture(plan.brand.logo);
    if (logo) drawLogo(painter, logo, plan.brand.frame === "full");
    if (this.timecode) drawTimecode(painter, PICTURE_WIDTH, PICTURE_HEIGHT, Date.now());
  }

  private listen(now: number): void {
    if (this.mixer.asleep) void this.mixer.wake().catch(() => undefined);
    this.floor.hear(this.mixer.levels(speakers(this.plan)), now);
  }

  private paintStage(now: number): void {
    const { painter, plan } = this;
    const pictures = new Map(plan.on.map((spot) => [spot.spot, this.pictureOf(spot, now)]));
    const placeable = plan.on.map(({ spot, kind }) => {
      const picture = pictures.get(spot);
      return { spot, kind, aspect: picture && picture.width / picture.height };
    });
    const words = this.banner && banner(this.banner.text, this.banner.by, this.measure);
    const reserved = plan.banner && words ? bannerReserves(words) : 0;
    this.scenery.arrange(arrange(plan.layout, placeable, plan.brand.frame, reserved), now);
    const tiles = this.scenery.shown(now);
    const faces = tiles.filter(({ fit }) => fit === "cover").length;
    for (const tile of tiles) {
      const spot = this.spots.get(tile.spot);
      if (!spot) continue;
      const picture = pictures.has(tile.spot) ? pictures.get(tile.spot) : this.pictureOf(spot, now);
      if (picture) drawTile(painter, tile, picture);
      else if (!isContent(spot)) drawNobody(painter, tile, spot, this.palette, this.measure);
      else drawEmpty(painter, tile, this.palette);
      if (faces > 1 && !isContent(spot) && spot.person === this.speaker) drawOutline(painter, tile, this.palette);
    }
    const lift = this.bannerFade.alpha(now) * (words ? bannerReserves(words) : 0);
    this.paintNames(tiles, lift, now);
    const alpha = this.bannerFade.alpha(now);
    if (words && alpha > 0) drawPlate(painter, words, this.palette, alpha);
  }

  private paintNames(tiles: readonly ShownTile[], lift: number, now: number): void {
    const onStage = new Set(this.plan.on.map(({ spot }) => spot));
    const named = tiles.filter(({ spot }) => onStage.has(spot) && this.spots.get(spot)?.lowerThird).length;
    for (const tile of tiles) {
      const spot = this.spots.get(tile.spot);
      if (!spot) continue;
      let fade = this.nameFades.get(tile.spot);
      if (!fade) {
        fade = new Fade(this.pace);
        this.nameFades.set(tile.spot, fade);
      }
      fade.set(spot.lowerThird && onStage.has(tile.spot), now);
      const alpha = fade.alpha(now) * tile.alpha;
      if (alpha === 0) continue;
      const box = nameBox(this.plan.layout, tile, tiles, Math.max(1, named));
      const raised = box.y + box.height > PICTURE_HEIGHT - 40 ? lift : 0;
      drawPlate(
        this.painter,
        lowerThird(spot.name, spot.title, box, this.measure, raised),
        this.palette,
        alpha,
        (alpha - 1) * 24,
      );
    }
    for (const spot of this.nameFades.keys()) {
      if (tiles.some((tile) => tile.spot === spot) || onStage.has(spot)) continue;
      this.nameFades.delete(spot);
      this.spots.delete(spot);
    }
  }

  private paintCard(card: StageCard, alpha: number): void {
    const film = card.clip ? this.cardFilm.picture() : undefined;
    drawCard(
      this.painter,
      this.ground,
      cardWords(card.title, card.text, film !== undefined, this.measure),
      film,
      alpha,
    );
  }

  private pictureOf(spot: Spot, now: number): Picture | undefined {
    if (spot.kind === "slides") return this.deck.page(this.plan.slides);
    if (spot.kind === "clip") return this.clip.picture();
    const key = pictureOf(spot);
    return key === undefined ? undefined : this.films.picture(key, spot.kind === "person", now);
  }

  private readonly measure: Measure = (text, font) => {
    const key = `${font}|${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.painter.font = font;
      width = this.painter.measureText(text).width;
      if (this.widths.size >= MOST_MEASURED) this.widths.clear();
      this.widths.set(key, width);
    }
    return width;
  };
}

function prefersStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
