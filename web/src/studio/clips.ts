import { problemSentence, UploadError } from "../events/upload.ts";

export const acceptedClips = "video/mp4,video/webm,audio/mpeg,audio/mp4,audio/ogg";

/**
 * Sends a video or music to a stage. The server may not be able to look inside, so its length goes with it.
 * @param onProgress percent sent, whole numbers
 */
export async function uploadClip(room: string, file: File, onProgress: (percent: number) => void): Promise<void> {
  const seconds = await lengthOf(file);
  const query = new URLSearchParams({
    name: file.name.replace(/\.[^.]+$/, ""),
    ...(seconds && { seconds: `${seconds}` }),
  });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/stage/${room}/clips?${query}`);
    request.setRequestHeader("Content-Type", file.type);
    request.upload.onprogress = ({ loaded, total }) => total > 0 && onProgress(Math.round((loaded / total) * 100));
    request.onerror = () => reject(new UploadError("failed"));
    request.onload = () =>
      request.status >= 200 && request.status < 300
        ? resolve()
        : reject(new UploadError("refused", problemSentence(request.responseText)));
    request.send(file);
  });
}

/** In seconds; undefined when this browser cannot tell. */
function lengthOf(file: File): Promise<number | undefined> {
  return new Promise((resolve) => {
    const element = document.createElement(file.type.startsWith("audio/") ? "audio" : "video");
    const url = URL.createObjectURL(file);
    const done = (seconds: number | undefined) => {
      URL.revokeObjectURL(url);
      resolve(seconds && Number.isFinite(seconds) ? Math.round(seconds * 10) / 10 : undefined);
    };
    element.preload = "metadata";
    element.onloadedmetadata = () => done(element.duration);
    element.onerror = () => done(undefined);
    element.src = url;
  });
}
