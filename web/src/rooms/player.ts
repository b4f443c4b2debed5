import type Hls from "hls.js";
import { backoffMs, waitToRetry } from "./backoff";

/** How often a player looks after itself. */
const LOOK_MS = 1_000;
/** A picture that stands still this long has stalled. */
export const STALLED_MS = 3_000;
/** A stall this long is mended by loading the playlist anew. */
export const RELOAD_MS = 8_000;
/** Farther behind than this, a player jumps to now instead of catching up. */
export const TOO_FAR_BEHIND_S = 15;
/** How often the speaker hears about this player. */
export const REPORT_MS = 5_000;
/** So many stalls within this time mean that the network is too slow for what plays. */
export const WEAK_STALLS = 2;
export const WEAK_WITHIN_MS = 60_000;
/** The second media error within this time is answered by loading anew. */
const MEDIA_ERROR_MS = 10_000;

/** What to play: the picture as good as it goes or of this height, the sound alone, or nothing because the captions are enough. */
export type PlayMode = "auto" | "sound" | "captions" | number;

/**
 * How careful a player is because of its network: `weak` asks for whole segments of the smallest picture,
 * `soundOnly` leaves the picture away until its person asks for it.
 */
export type Care = "none" | "weak" | "soundOnly";

/** The address of what a stage shows in this mode; every playlist of a stage lies in one folder. */
export function sourceOf(playlist: string, mode: PlayMode, care: Care, hasSound: boolean): string {
  const [path = playlist, query] = playlist.split("?");
  const plain = care === "weak" && !query ? "?plain" : query ? `?${query}` : "";
  if (hasSound && (mode === "sound" || care === "soundOnly")) {
    return `${path.slice(0, path.lastIndexOf("/"))}/sound/live.m3u8${plain}`;
  }
  return path + plain;
}

/** The same for a player that is the browser's own: the playlist of playlists, which tells it of captions, too. */
export function nativeSourceOf(source: string): string {
  return source.replace(/(\/live\/[^/]+\/[^/]+\/)live\.m3u8/, "$1master.m3u8");
}

export interface PlayerView {
  /** `unable`: this browser has no way to play it. */
  state: "loading" | "playing" | "stalled" | "unable";
  /** The browser let it start only without sound: a press brings the sound. */
  soundBlocked: boolean;
  latencyMs: number | undefined;
  /** Heights to choose from, highest first; empty when there is no choice. */
  heights: number[];
  /** Of the picture that plays. */
  height: number | undefined;
  /** Chosen by the player itself, because the network is slow. */
  care: Care;
}

export const BEFORE_PLAYING: PlayerView = {
  state: "loading",
  soundBlocked: false,
  latencyMs: undefined,
  heights: [],
  height: undefined,
  care: "none",
};

/**
 * Keeps one video element on a live playlist: starts it, without sound if the browser insists, follows the live edge,
 * and mends whatever a network, a decoder or a sleeping laptop does to it.
 */
export class StagePlayer {
  private view: PlayerView = BEFORE_PLAYING;
  private readonly video: HTMLVideoElement;
  private readonly report: (latencyMs: number, stalled: boolean) => void;
  private readonly listeners = new Set<() => void>();
  private readonly ending = new AbortController();
  private hls: Hls | undefined;
  private playlist: string | undefined;
  private mode: PlayMode = "auto";
  private hasSound = true;
  private stalls: number[] = [];
  private source: string | undefined;
  private attempt = 0;
  private held = false;
  private reloading = false;
  private stoodSince = Date.now();
  private lastTime = -1;
  private lastMediaError = 0;
  private reported = 0;
  private readonly look: ReturnType<typeof setInterval>;

  constructor(video: HTMLVideoElement, report: (latencyMs: number, stalled: boolean) => void) {
    this.video = video;
    this.report = report;
    this.look = setInterval(() => this.lookAfter(), LOOK_MS);
  }

  readonly current = (): PlayerView => this.view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Plays this live playlist in this way; the same again changes nothing. */
  load(playlist: string, mode: PlayMode = "auto"): void {
    if (playlist !== this.playlist) this.hasSound = true;
    this.playlist = playlist;
    this.mode = mode;
    if (mode === "captions") {
      this.source = undefined;
      this.hls?.destroy();
      this.hls = undefined;
      this.video.pause();
      this.show({ state: "loading", latencyMs: undefined, heights: [], height: undefined });
      return;
    }
    this.take(sourceOf(playlist, mode, this.view.care, this.hasSound));
    this.chooseLevel();
  }

  /** From a press of a person: the network may have become better. */
  tryPicture(): void {
    this.stalls = [];
    this.show({ care: "none" });
    if (this.playlist) this.load(this.playlist, this.mode === "sound" ? "auto" : this.mode);
  }

  private take(source: string): void {
    if (source === this.source) return;
    this.source = source;
    this.attempt = 0;
    void this.begin();
  }

  private chooseLevel(): void {
    const { hls } = this;
    if (!hls || hls.levels.length < 2) return;
    const wanted = typeof this.mode === "number" ? hls.levels.findIndex((level) => level.height === this.mode) : -1;
    if (hls.nextLevel !== wanted || wanted < 0) hls.nextLevel = wanted;
  }

  /** The network is too slow for what plays: first whole segments and the smallest picture, then the sound alone. */
  private stalled(now: number): void {
    this.stalls = [...this.stalls.filter((at) => now - at < WEAK_WITHIN_MS), now];
    if (this.stalls.length < WEAK_STALLS || this.mode === "sound" || this.view.care === "soundOnly" || this.held)
      return;
    this.stalls = [];
    this.show({ care: this.view.care === "weak" ? "soundOnly" : "weak" });
    if (this.playlist) this.load(this.playlist, this.mode);
  }

  /** The speaker is gone for now: the last picture stays, and nothing is loaded in vain. */
  hold(held: boolean): void {
    if (this.held === held) return;
    this.held = held;
    this.stoodSince = Date.now();
    if (!held && this.source) this.toLiveEdge();
  }

  /** The moment of the stage that is shown now, in Unix milliseconds of the server; undefined when the playlist does not say. */
  readonly playingAt = (): number | undefined => this.hls?.playingDate?.getTime();

  /** From a press of a person: brings the sound. */
  unmute(): void {
    this.video.muted = false;
    this.show({ soundBlocked: false });
    void this.video.play().catch(() => undefined);
  }

  close(): void {
    this.ending.abort();
    clearInterval(this.look);
    this.hls?.destroy();
    this.hls = undefined;
    this.listeners.clear();
  }

  private async begin(): Promise<void> {
    const source = this.source;
    const { default: Library } = await import("hls.js/light");
    if (this.ending.signal.aborted || !source || source !== this.source) return;
    this.keepPicture();
    this.hls?.destroy();
    this.hls = undefined;
    this.stoodSince = Date.now();
    this.lastTime = -1;
    if (Library.isSupported()) {
      const hls = new Library({
        lowLatencyMode: true,
        maxLiveSyncPlaybackRate: 1.2,
        enableWorker: false,
        backBufferLength: 30,
        // Begin with a good picture; who cannot have it is told within a segment.
        abrEwmaDefaultEstimate: 2_500_000,
        startLevel: this.view.care === "weak" ? 0 : -1,
      });
      this.hls = hls;
      // Without parts two segments behind the newest are enough. Not among the options above: there it would count with parts, too.
      hls.config.liveSyncDurationCount = 2;
      hls.on(Library.Events.MANIFEST_PARSED, () => {
        const heights = hls.levels.map((level) => level.height).filter((height) => height > 0);
        this.show({ heights: heights.length > 1 ? heights.sort((one, other) => other - one) : [], height: undefined });
        this.chooseLevel();
        void this.play();
      });
      hls.on(Library.Events.LEVEL_SWITCHED, (_, { level }) =>
        this.show({ height: hls.levels[level]?.height || undefined }),
      );
      hls.on(Library.Events.ERROR, (_, error) => {
        if (!error.fatal || this.hls !== hls) return;
        if (error.response?.code === 404 && this.source?.includes("/sound/") && this.playlist) {
          // This stage has no sound by itself: the picture is loaded and not shown.
          this.hasSound = false;
          this.load(this.playlist, this.mode);
          return;
        }
        if (error.type === Library.ErrorTypes.MEDIA_ERROR && Date.now() - this.lastMediaError > MEDIA_ERROR_MS) {
          this.lastMediaError = Date.now();
          hls.recoverMediaError();
        } else void this.beginAgain();
      });
      hls.loadSource(source);
      hls.attachMedia(this.video);
    } else if (this.video.canPlayType("application/vnd.apple.mpegurl")) {
      this.video.src = nativeSourceOf(source);
      void this.play();
    } else this.show({ state: "unable" });
  }

  /** Loading anew empties the video element; its last frame stays as its poster, so that nobody stares at a black box. */
  private keepPicture(): void {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (!width || !height) return;
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")?.drawImage(this.video, 0, 0);
    this.video.poster = canvas.toDataURL("image/jpeg", 0.7);
  }

  private async beginAgain(): Promise<void> {
    if (this.reloading) return;
    this.reloading = true;
    this.hls?.stopLoad();
    await waitToRetry(backoffMs(this.attempt++), this.ending.signal);
    this.reloading = false;
    if (!this.ending.signal.aborted) await this.begin();
  }

  private async play(): Promise<void> {
    try {
      await this.video.play();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "NotAllowedError" || this.video.muted) return;
      this.video.muted = true;
      this.show({ soundBlocked: true });
      await this.video.play().catch(() => undefined);
    }
  }

  private lookAfter(): void {
    if (!this.source || this.view.state === "unable") return;
    const now = Date.now();
    const moved = this.video.currentTime !== this.lastTime && this.lastTime >= 0;
    this.lastTime = this.video.currentTime;
    if (moved) {
      this.stoodSince = now;
      this.attempt = 0;
    }
    const stood = now - this.stoodSince;
    const latency = this.hls?.latency ?? 0;
    if (moved) this.show({ state: "playing", latencyMs: latency * 1000 });
    else if (stood > STALLED_MS && this.view.state === "playing") {
      this.show({ state: "stalled" });
      this.stalled(now);
    }
    if (!this.held) {
      if (this.video.paused && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) void this.play();
      if (moved && latency > TOO_FAR_BEHIND_S) this.toLiveEdge();
      if (stood > RELOAD_MS) {
        this.stoodSince = now;
        void this.beginAgain();
      }
    }
    if (now - this.reported >= REPORT_MS && this.view.state !== "loading") {
      this.reported = now;
      this.report(latency * 1000, this.view.state === "stalled");
    }
  }

  private toLiveEdge(): void {
    const edge = this.hls?.liveSyncPosition;
    if (typeof edge === "number" && Number.isFinite(edge)) this.video.currentTime = edge;
    this.hls?.startLoad();
    void this.play();
  }

  private show(change: Partial<PlayerView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}
