import { problemSentence } from "../events/upload.ts";

/** Why a file was not taken, in the server's own sentence when it gave one; empty when the connection broke off. */
export class SendError extends Error {}

/**
 * Sends a file as the body of a POST, telling how far it is.
 * @param onProgress percent sent, whole numbers
 */
export function sendFile(address: string, file: Blob, onProgress: (percent: number) => void): Promise<void> {
  // Not fetch: only XMLHttpRequest tells how much of the body went up.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Content-Type", file.type);
    request.upload.onprogress = ({ loaded, total }) => total > 0 && onProgress(Math.round((loaded / total) * 100));
    request.onerror = () => reject(new SendError());
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new SendError(problemSentence(request.responseText)));
    };
    request.send(file);
  });
}

export const PICTURES = ["image/png", "image/jpeg", "image/webp"];
export const VIDEOS = ["video/webm", "video/mp4"];
export const LARGEST_PICTURE = 8 * 1024 * 1024;
export const LARGEST_VIDEO = 40_000_000;

/** What can be told before a byte is sent. */
export function problemOf(file: Blob, types: readonly string[], largest: number): "type" | "size" | undefined {
  if (!types.includes(file.type.split(";")[0] ?? "")) return "type";
  return file.size > largest ? "size" : undefined;
}
