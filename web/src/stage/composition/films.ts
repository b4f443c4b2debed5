/** A picture that can be drawn now. */
export interface Picture {
  source: CanvasImageSource;
  width: number;
  height: number;
}

/** A camera that brings nothing for this long has stopped, in milliseconds; its last frame is not shown any longer. */
const FROZEN_MS = 4_000;

interface Film {
  track: MediaStreamTrack;
  video: HTMLVideoElement;
  frames: number;
  /** When the number of frames last grew. */
  grownAt: number;
}

/** What comes from people's cameras and screens, by key. */
export class Films {
  private readonly films = new Map<string, Film>();
  /** Newcomers, until they have a first frame; so long their predecessor is shown. */
  private readonly coming = new Map<string, Film>();

  /** From now on these are all there are. */
  set(streams: ReadonlyMap<string, MediaStream>): void {
    for (const [key, stream] of streams) {
      const track = stream.getVideoTracks()[0];
      if (!track) this.remove(key);
      else if ((this.coming.get(key) ?? this.films.get(key))?.track !== track) this.add(key, track);
    }
    for (const key of [...this.films.keys(), ...this.coming.keys()]) if (!streams.has(key)) this.remove(key);
  }

  /**
   * What is to be drawn, or undefined when nothing has come yet, or nothing comes any more.
   * @param lively True when frames must keep coming: a camera's do, a shared screen may stand still.
   */
  picture(key: string, lively: boolean, now: number): Picture | undefined {
    const coming = this.coming.get(key);
    if (coming && coming.video.videoWidth > 0) {
      this.let(this.films.get(key));
      this.coming.delete(key);
      this.films.set(key, coming);
    }
    const film = this.films.get(key);
    if (!film || film.track.readyState === "ended" || film.track.muted || !film.video.videoWidth) return undefined;
    if (lively && this.isFrozen(film, now)) return undefined;
    return { source: film.video, width: film.video.videoWidth, height: film.video.videoHeight };
  }

  close(): void {
    this.set(new Map());
  }

  private add(key: string, track: MediaStreamTrack): void {
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.srcObject = new MediaStream([track]);
    void video.play().catch(() => undefined);
    this.let(this.coming.get(key));
    this.coming.set(key, { track, video, frames: 0, grownAt: performance.now() });
  }

  private remove(key: string): void {
    this.let(this.films.get(key));
    this.let(this.coming.get(key));
    this.films.delete(key);
    this.coming.delete(key);
  }

  private let(film: Film | undefined): void {
    if (film) film.video.srcObject = null;
  }

  private isFrozen(film: Film, now: number): boolean {
    const frames = film.video.getVideoPlaybackQuality().totalVideoFrames;
    // A hidden page's videos do not always count their frames, though they have them.
    if (frames !== film.frames || document.hidden) {
      film.frames = frames;
      film.grownAt = now;
    }
    return now - film.grownAt > FROZEN_MS;
  }
}
