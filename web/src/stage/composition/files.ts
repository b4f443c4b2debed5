import type { Picture } from "./films";

/** Pictures kept in memory at most: the pages of a deck around the one that is shown, and logos. */
const MOST_IMAGES = 12;
/** A clip is set right when it is off by more than this, in seconds. */
const DRIFT = 1.5;

/** Images by address: slides and logos. A picture of another site that does not allow it is never drawn, since it would spoil the canvas. */
export class Images {
  private readonly images = new Map<string, HTMLImageElement>();

  /** The image, once it is here; asking for it loads it. */
  picture(url: string): Picture | undefined {
    const image = this.load(url);
    return image.complete && image.naturalWidth > 0
      ? { source: image, width: image.naturalWidth, height: image.naturalHeight }
      : undefined;
  }

  /** Begins to load what will be asked for soon. */
  load(url: string): HTMLImageElement {
    let image = this.images.get(url);
    if (!image) {
      image = new Image();
      image.crossOrigin = "anonymous";
      image.src = url;
    }
    // The least recently asked for are first, and go first.
    this.images.delete(url);
    this.images.set(url, image);
    for (const old of this.images.keys()) {
      if (this.images.size <= MOST_IMAGES) break;
      this.images.delete(old);
    }
    return image;
  }
}

/** A slide deck's page, held until the next one is here: nobody sees a gap. */
export class Deck {
  private shown: string | undefined;
  private deck: string | undefined;
  private readonly images: Images;

  constructor(images: Images) {
    this.images = images;
  }

  page(slides: { deck: string; page: number; pages: readonly string[] } | undefined): Picture | undefined {
    if (!slides) return undefined;
    if (slides.deck !== this.deck) this.shown = undefined;
    this.deck = slides.deck;
    const wanted = slides.pages[Math.min(Math.max(0, slides.page), slides.pages.length - 1)];
    for (const beside of [slides.page - 1, slides.page + 1]) {
      const url = slides.pages[beside];
      if (url) this.images.load(url);
    }
    const picture = wanted === undefined ? undefined : this.images.picture(wanted);
    if (picture) this.shown = wanted;
    return picture ?? (this.shown === undefined ? undefined : this.images.picture(this.shown));
  }
}

/** What a player of a file is to do. */
export interface Playing {
  url: string;
  loop: boolean;
  /** When it began, Unix milliseconds; without it, it begins now. */
  startedAt?: number | undefined;
  /** Its length, as far as it is known. */
  seconds?: number | undefined;
}

/** Where in the file we should be at this moment, in seconds; undefined when it is over. */
export function positionIn({ startedAt, seconds, loop }: Omit<Playing, "url">, now: number): number | undefined {
  if (startedAt === undefined) return 0;
  const into = Math.max(0, (now - startedAt) / 1000);
  if (!seconds) return into;
  if (loop) return into % seconds;
  return into < seconds ? into : undefined;
}

/** One file that plays: a clip, the film behind a card, its music. */
export class Player {
  readonly element: HTMLMediaElement;
  private playing: Playing | undefined;

  constructor(kind: "video" | "audio") {
    this.element = document.createElement(kind);
    this.element.crossOrigin = "anonymous";
    this.element.preload = "auto";
    if (this.element instanceof HTMLVideoElement) this.element.playsInline = true;
  }

  /** Plays this, or nothing. Saying the same again changes nothing. */
  play(playing: Playing | undefined): void {
    const before = this.playing;
    if (before?.url === playing?.url && before?.startedAt === playing?.startedAt && before?.loop === playing?.loop)
      return;
    this.playing = playing;
    if (!playing) {
      this.element.pause();
      return;
    }
    this.element.loop = playing.loop;
    if (before?.url !== playing.url || this.element.error) this.element.src = playing.url;
    this.setRight();
    this.start();
  }

  /** Tries again what a browser may have refused before a person did something. */
  start(): void {
    if (!this.playing || (this.element.ended && !this.element.loop)) return;
    void this.element.play().then(
      () => this.setRight(),
      () => undefined,
    );
  }

  picture(): Picture | undefined {
    const video = this.element;
    if (!this.playing || !(video instanceof HTMLVideoElement) || video.readyState < 2 || !video.videoWidth)
      return undefined;
    return { source: video, width: video.videoWidth, height: video.videoHeight };
  }

  close(): void {
    this.element.pause();
    this.element.removeAttribute("src");
    this.element.load();
  }

  /** A composer that takes over goes on where the one before it was. */
  private setRight(): void {
    const position = this.playing && positionIn(this.playing, Date.now());
    if (position === undefined) {
      if (this.playing?.seconds) this.element.currentTime = this.playing.seconds;
    } else if (Math.abs(this.element.currentTime - position) > DRIFT) this.element.currentTime = position;
  }
}
