import { drawTimecode } from "./timecode";

export const PICTURE_WIDTH = 1280;
export const PICTURE_HEIGHT = 720;
export const FRAMES_PER_SECOND = 25;

/** How a shared screen and the camera stand together. Without a shared screen the camera has the picture. */
export type Layout = "corner" | "side" | "solo";

const BACKGROUND = "#0b2a22";
const DOT = "#2c6b58";
const PAPER = "#f4f1e6";
/** Size of the camera in a corner, as part of the picture's width. */
const CORNER = 0.22;
/** Width of the camera beside a shared screen. */
const SIDE = 0.26;
const GAP = 24;
const RADIUS = 14;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Makes the one picture and the one sound the audience gets: camera, shared screen and microphone go in, a steady
 * 1280 × 720 stream at 25 frames a second comes out. What goes in may come and go; the stream never changes its shape,
 * because a recorder does not survive that.
 */
export class Compositor {
  readonly canvas: HTMLCanvasElement;
  readonly stream: MediaStream;
  /** Loudness of the microphone before muting. */
  readonly analyser: AnalyserNode;
  layout: Layout = "corner";
  cameraShown = true;
  /** Shown when the camera is off. */
  name = "";
  private readonly painter: CanvasRenderingContext2D;
  private readonly audio: AudioContext;
  private readonly mix: MediaStreamAudioDestinationNode;
  private readonly microphoneGain: GainNode;
  private readonly ticker: Worker;
  private readonly timecode: boolean;
  private camera: HTMLVideoElement | undefined;
  private screen: HTMLVideoElement | undefined;
  private microphoneSource: MediaStreamAudioSourceNode | undefined;
  private screenSource: MediaStreamAudioSourceNode | undefined;

  constructor({ timecode = false }: { timecode?: boolean } = {}) {
    this.timecode = timecode;
    this.canvas = document.createElement("canvas");
    this.canvas.width = PICTURE_WIDTH;
    this.canvas.height = PICTURE_HEIGHT;
    const painter = this.canvas.getContext("2d", { alpha: false });
    if (!painter) throw new Error("This browser cannot draw on a canvas.");
    this.painter = painter;
    this.audio = new AudioContext({ sampleRate: 48_000 });
    this.mix = this.audio.createMediaStreamDestination();
    this.microphoneGain = this.audio.createGain();
    this.microphoneGain.connect(this.mix);
    this.analyser = this.audio.createAnalyser();
    this.analyser.fftSize = 1024;
    // Silence that never ends: a recorder waits for both tracks, and the first microphone may come late.
    const silence = this.audio.createConstantSource();
    const nothing = this.audio.createGain();
    nothing.gain.value = 0;
    silence.connect(nothing).connect(this.mix);
    silence.start();
    this.stream = new MediaStream([
      ...this.canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks(),
      ...this.mix.stream.getAudioTracks(),
    ]);
    this.ticker = new Worker(new URL("./ticker.worker.ts", import.meta.url), { type: "module" });
    this.ticker.onmessage = () => this.paint();
    this.ticker.postMessage(1000 / FRAMES_PER_SECOND);
    this.paint();
  }

  /** Browsers start audio only after a person did something; call this from a click. */
  async wake(): Promise<void> {
    if (this.audio.state === "suspended") await this.audio.resume();
  }

  setCamera(stream: MediaStream | undefined): void {
    this.camera = replace(this.camera, stream);
  }

  setScreen(stream: MediaStream | undefined): void {
    this.screen = replace(this.screen, stream);
    this.screenSource?.disconnect();
    this.screenSource = this.sourceOf(stream);
    this.screenSource?.connect(this.mix);
  }

  setMicrophone(stream: MediaStream | undefined): void {
    this.microphoneSource?.disconnect();
    this.microphoneSource = this.sourceOf(stream);
    this.microphoneSource?.connect(this.microphoneGain);
    this.microphoneSource?.connect(this.analyser);
  }

  set muted(muted: boolean) {
    this.microphoneGain.gain.setTargetAtTime(muted ? 0 : 1, this.audio.currentTime, 0.01);
  }

  close(): void {
    this.ticker.terminate();
    this.setCamera(undefined);
    this.setScreen(undefined);
    this.setMicrophone(undefined);
    for (const track of this.stream.getTracks()) track.stop();
    void this.audio.close();
  }

  private sourceOf(stream: MediaStream | undefined): MediaStreamAudioSourceNode | undefined {
    return stream?.getAudioTracks().length ? this.audio.createMediaStreamSource(stream) : undefined;
  }

  private paint(): void {
    const whole: Box = { x: 0, y: 0, width: PICTURE_WIDTH, height: PICTURE_HEIGHT };
    const camera = this.cameraShown && this.camera?.videoWidth ? this.camera : undefined;
    this.painter.fillStyle = BACKGROUND;
    this.painter.fillRect(0, 0, PICTURE_WIDTH, PICTURE_HEIGHT);
    if (this.screen?.videoWidth && this.layout !== "solo") this.paintScreen(this.screen, camera);
    else if (camera) this.draw(camera, whole, "cover");
    else this.paintName(whole);
    if (this.timecode) drawTimecode(this.painter, PICTURE_WIDTH, PICTURE_HEIGHT, Date.now());
  }

  private paintScreen(screen: HTMLVideoElement, camera: HTMLVideoElement | undefined): void {
    if (this.layout === "side" && camera) {
      const width = PICTURE_WIDTH * SIDE;
      const left: Box = { x: GAP, y: GAP, width: PICTURE_WIDTH - width - 3 * GAP, height: PICTURE_HEIGHT - 2 * GAP };
      this.draw(screen, left, "contain");
      this.card(camera, { x: PICTURE_WIDTH - width - GAP, y: GAP, width, height: PICTURE_HEIGHT - 2 * GAP });
      return;
    }
    this.draw(screen, { x: 0, y: 0, width: PICTURE_WIDTH, height: PICTURE_HEIGHT }, "contain");
    if (!camera) return;
    const width = PICTURE_WIDTH * CORNER;
    const height = (width * 9) / 16;
    this.card(camera, { x: PICTURE_WIDTH - width - GAP, y: PICTURE_HEIGHT - height - GAP, width, height });
  }

  private card(video: HTMLVideoElement, box: Box): void {
    this.painter.save();
    this.painter.beginPath();
    this.painter.roundRect(box.x, box.y, box.width, box.height, RADIUS);
    this.painter.clip();
    this.draw(video, box, "cover");
    this.painter.restore();
    this.painter.strokeStyle = "#ffffff40";
    this.painter.lineWidth = 2;
    this.painter.beginPath();
    this.painter.roundRect(box.x, box.y, box.width, box.height, RADIUS);
    this.painter.stroke();
  }

  private draw(video: HTMLVideoElement, box: Box, fit: "cover" | "contain"): void {
    const scaleX = box.width / video.videoWidth;
    const scaleY = box.height / video.videoHeight;
    const scale = fit === "cover" ? Math.max(scaleX, scaleY) : Math.min(scaleX, scaleY);
    const width = video.videoWidth * scale;
    const height = video.videoHeight * scale;
    this.painter.save();
    this.painter.beginPath();
    this.painter.rect(box.x, box.y, box.width, box.height);
    this.painter.clip();
    this.painter.drawImage(video, box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height);
    this.painter.restore();
  }

  /** The hall's rows of seats, and the speaker's name where the speaker would be. */
  private paintName({ width, height }: Box): void {
    const painter = this.painter;
    painter.fillStyle = DOT;
    for (let row = 0; row < 12; row++) {
      const radius = 130 + row * 58;
      const seats = Math.round(radius / 9);
      painter.globalAlpha = 0.5 - row * 0.035;
      for (let seat = 0; seat <= seats; seat++) {
        const angle = Math.PI + (Math.PI * seat) / seats;
        painter.beginPath();
        painter.arc(width / 2 + Math.cos(angle) * radius, height * 0.86 + Math.sin(angle) * radius, 6, 0, 2 * Math.PI);
        painter.fill();
      }
    }
    painter.globalAlpha = 1;
    painter.fillStyle = PAPER;
    painter.textAlign = "center";
    painter.textBaseline = "middle";
    painter.font = '600 64px "Instrument Sans", sans-serif';
    painter.fillText(this.name, width / 2, height / 2, width * 0.8);
  }
}

function replace(old: HTMLVideoElement | undefined, stream: MediaStream | undefined): HTMLVideoElement | undefined {
  if (old) old.srcObject = null;
  if (!stream?.getVideoTracks().length) return undefined;
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  void video.play().catch(() => undefined);
  return video;
}
