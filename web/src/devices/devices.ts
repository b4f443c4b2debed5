/** Opening cameras and microphones, and saying in plain words why one does not open. */

export type DeviceKind = "camera" | "microphone";

/** Why a device did not open; the words and the way out stand with the strings. */
export type DeviceTrouble = "denied" | "missing" | "busy" | "insecure" | "failed";

/** A device that a person may choose. */
export interface Device {
  id: string;
  label: string;
}

const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 25, max: 30 },
};
const MICROPHONE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class DeviceError extends Error {
  readonly trouble: DeviceTrouble;

  constructor(trouble: DeviceTrouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

/** Opens a camera or a microphone; the one remembered or chosen if it is there, else the browser's choice. */
export async function openDevice(kind: DeviceKind, id: string | undefined): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new DeviceError("insecure");
  const wish = { ...(kind === "camera" ? CAMERA : MICROPHONE), ...(id ? { deviceId: { ideal: id } } : {}) };
  try {
    return await navigator.mediaDevices.getUserMedia(kind === "camera" ? { video: wish } : { audio: wish });
  } catch (error) {
    throw new DeviceError(troubleOf(error));
  }
}

/** The screen, with its sound when the browser can; undefined when the person changed their mind. */
export async function openScreen(): Promise<MediaStream | undefined> {
  try {
    return await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 25 } }, audio: true });
  } catch {
    return undefined;
  }
}

/** The devices to choose from. Before a person allowed one, browsers tell no names. */
export async function devicesOf(kind: DeviceKind): Promise<Device[]> {
  const wanted = kind === "camera" ? "videoinput" : "audioinput";
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  return all
    .filter((device) => device.kind === wanted && device.deviceId && device.label)
    .map((device) => ({ id: device.deviceId, label: device.label }));
}

export function troubleOf(error: unknown): DeviceTrouble {
  switch (error instanceof Error ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "failed";
  }
}

/** Loudness from 0 to 1 of what the analyser hears now, on a scale that speech fills. */
export function loudness(analyser: AnalyserNode): number {
  const samples = new Uint8Array(analyser.fftSize);
  analyser.getByteTimeDomainData(samples);
  let sum = 0;
  for (const sample of samples) sum += ((sample - 128) / 128) ** 2;
  const decibels = 20 * Math.log10(Math.sqrt(sum / samples.length) || 1e-6);
  return Math.min(1, Math.max(0, (decibels + 60) / 54));
}

/** Plays a short friendly sound; resolves when it is over. */
export async function playTestSound(): Promise<void> {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.connect(audio.destination);
  [523.25, 659.25, 783.99].forEach((frequency, index) => {
    const tone = audio.createOscillator();
    const start = audio.currentTime + index * 0.22;
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(start);
    tone.stop(start + 0.2);
  });
  volume.gain.setValueAtTime(0.18, audio.currentTime);
  volume.gain.linearRampToValueAtTime(0, audio.currentTime + 0.75);
  await new Promise((resolve) => setTimeout(resolve, 900));
  await audio.close();
}

/** How long the server takes to answer, in milliseconds: the middle of a few tries; undefined when it does not. */
export async function answerTime(signal: AbortSignal): Promise<number | undefined> {
  const times: number[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = performance.now();
    try {
      await fetch("/art/mark.svg", { method: "HEAD", cache: "no-store", signal });
      times.push(performance.now() - before);
    } catch {
      if (signal.aborted) return undefined;
    }
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
