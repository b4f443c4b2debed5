import { microphoneOf } from "./scene";
import { loudness } from "./speaker";

/** How fast sounds come and go without a click, in seconds. */
const RAMP = 0.015;
const MUSIC_RAMP = 0.4;
/** Music is less loud than what is said; a clip is what everybody listens to. */
const VOLUME = { clip: 1, music: 0.5, silent: 0 };
type FileSound = keyof typeof VOLUME;
/** How loud things are measured: this many samples at 48 kHz are 21 ms. */
const SAMPLES = 1024;

interface Voice {
  track: MediaStreamTrack;
  source: MediaStreamAudioSourceNode;
  analyser: AnalyserNode;
  gain: GainNode;
  heard: boolean;
  /** Chromium gives sound of a peer connection to WebAudio only while an element plays it, too. */
  pump: HTMLAudioElement;
}

/**
 * The one sound of the picture: the voices of those on stage, clips and music, added up and kept from clipping. It never
 * stops, even when nobody speaks, because a recorder waits for both tracks.
 */
export class Mixer {
  readonly stream: MediaStream;
  /** Loudness of one's own microphone before muting, for a meter. */
  readonly analyser: AnalyserNode;
  /** Whose microphone `analyser` hears. */
  self: string | undefined;
  private readonly audio = new AudioContext({ sampleRate: 48_000 });
  private readonly mix: GainNode;
  private readonly voices = new Map<string, Voice>();
  private readonly files = new Map<HTMLMediaElement, { gain: GainNode; kind: FileSound }>();
  private readonly samples = new Float32Array(SAMPLES);

  constructor() {
    const out = this.audio.createMediaStreamDestination();
    this.stream = out.stream;
    this.mix = this.audio.createGain();
    this.mix.connect(limiter(this.audio)).connect(out);
    this.analyser = this.analyserOf();
    const silence = this.audio.createConstantSource();
    const nothing = this.audio.createGain();
    nothing.gain.value = 0;
    silence.connect(nothing).connect(out);
    silence.start();
  }

  /** Browsers start sound only after a person did something. */
  async wake(): Promise<void> {
    if (this.audio.state === "suspended") await this.audio.resume();
  }

  get asleep(): boolean {
    return this.audio.state !== "running";
  }

  /** From now on these are all the voices there are. A new one is silent until it is `heard`. */
  set(streams: ReadonlyMap<string, MediaStream>): void {
    for (const [key, stream] of streams) {
      const track = stream.getAudioTracks()[0];
      if (track === this.voices.get(key)?.track) continue;
      this.remove(key);
      if (track) this.add(key, track);
    }
    for (const key of this.voices.keys()) if (!streams.has(key)) this.remove(key);
  }

  /** Exactly these voices are in the mix. */
  hear(keys: ReadonlySet<string>): void {
    for (const [key, voice] of this.voices) {
      if (voice.heard === keys.has(key)) continue;
      voice.heard = keys.has(key);
      voice.gain.gain.setTargetAtTime(voice.heard ? 1 : 0, this.audio.currentTime, RAMP);
    }
  }

  /** Loudness of these voices, as they arrive. */
  levels(keys: ReadonlySet<string>): Map<string, number> {
    const levels = new Map<string, number>();
    for (const [key, { analyser }] of this.voices) {
      if (!keys.has(key)) continue;
      analyser.getFloatTimeDomainData(this.samples);
      levels.set(key, loudness(this.samples));
    }
    return levels;
  }

  /** Takes the sound of an element into the mix, silent until it is `play`ed. */
  addFile(element: HTMLMediaElement): void {
    const gain = this.audio.createGain();
    gain.gain.value = 0;
    this.audio.createMediaElementSource(element).connect(gain).connect(this.mix);
    this.files.set(element, { gain, kind: "silent" });
  }

  playFile(element: HTMLMediaElement, kind: FileSound): void {
    const file = this.files.get(element);
    if (!file || file.kind === kind) return;
    file.kind = kind;
    file.gain.gain.setTargetAtTime(VOLUME[kind], this.audio.currentTime, kind === "clip" ? RAMP : MUSIC_RAMP);
  }

  close(): void {
    this.set(new Map());
    for (const track of this.stream.getTracks()) track.stop();
    void this.audio.close();
  }

  private add(key: string, track: MediaStreamTrack): void {
    const stream = new MediaStream([track]);
    const source = this.audio.createMediaStreamSource(stream);
    const analyser = this.analyserOf();
    const gain = this.audio.createGain();
    gain.gain.value = 0;
    source.connect(analyser);
    source.connect(gain).connect(this.mix);
    if (this.self !== undefined && key === microphoneOf(this.self)) source.connect(this.analyser);
    const pump = new Audio();
    pump.muted = true;
    pump.srcObject = stream;
    void pump.play().catch(() => undefined);
    this.voices.set(key, { track, source, analyser, gain, heard: false, pump });
  }

  private remove(key: string): void {
    const voice = this.voices.get(key);
    if (!voice) return;
    voice.source.disconnect();
    voice.gain.disconnect();
    voice.pump.srcObject = null;
    this.voices.delete(key);
  }

  private analyserOf(): AnalyserNode {
    const analyser = this.audio.createAnalyser();
    analyser.fftSize = SAMPLES;
    return analyser;
  }
}

/** Several people laughing at once are loud, not torn: everything above -6 dB is pressed together. */
function limiter(audio: AudioContext): DynamicsCompressorNode {
  const node = audio.createDynamicsCompressor();
  node.threshold.value = -6;
  node.knee.value = 3;
  node.ratio.value = 20;
  node.attack.value = 0.003;
  node.release.value = 0.25;
  return node;
}
