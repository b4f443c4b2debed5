/** Sends a picture to `POST /files`, telling how far it is. Refusals come as sentences a person can act on. */

export interface UploadedPicture {
  id: string;
  url: string;
  width: number;
  height: number;
}

export type UploadProblem = "type" | "size" | "failed" | "refused";

/** Why a picture was not taken; `message` is the server's own sentence when it gave one. */
export class UploadError extends Error {
  readonly problem: UploadProblem;

  constructor(problem: UploadProblem, message = "") {
    super(message);
    this.name = "UploadError";
    this.problem = problem;
  }
}

const accepted = ["image/png", "image/jpeg", "image/webp"];
export const acceptedPictures = accepted.join(",");
const MAX_BYTES = 8 * 1024 * 1024;

/** What can be told before a byte is sent. */
export function pictureProblem(file: { type: string; size: number }): UploadProblem | undefined {
  if (!accepted.includes(file.type)) return "type";
  return file.size > MAX_BYTES ? "size" : undefined;
}

/** @param onProgress percent sent, whole numbers */
export function uploadPicture(file: File, onProgress: (percent: number) => void): Promise<UploadedPicture> {
  const problem = pictureProblem(file);
  if (problem) return Promise.reject(new UploadError(problem));
  // Not fetch: only XMLHttpRequest tells how much of the body went up.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/files");
    request.setRequestHeader("Content-Type", file.type);
    request.responseType = "text";
    request.upload.onprogress = ({ loaded, total }) => total > 0 && onProgress(Math.round((loaded / total) * 100));
    request.onerror = () => reject(new UploadError("failed"));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as UploadedPicture);
      else reject(new UploadError("refused", problemSentence(request.responseText)));
    };
    request.send(file);
  });
}

/** The sentence of a problem+json body; empty when the body is something else. */
export function problemSentence(body: string): string {
  try {
    const { detail, title } = JSON.parse(body) as { detail?: unknown; title?: unknown };
    if (typeof detail === "string") return detail;
    return typeof title === "string" ? title : "";
  } catch {
    return "";
  }
}
