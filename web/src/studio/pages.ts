import { uploadPicture } from "../events/upload.ts";

/** Wide enough for a shared picture of 1,080 lines, in pixels. */
const PAGE_WIDTH = 1_920;
/** More pages than the server takes. */
export const PAGE_LIMIT = 300;

export class PagesError extends Error {
  readonly problem: "type" | "broken" | "too-many" | "locked";

  constructor(problem: PagesError["problem"]) {
    super(problem);
    this.name = "PagesError";
    this.problem = problem;
  }
}

/**
 * Makes pictures of a PDF's pages, here in the browser, and uploads each; a picture is a page by itself.
 * @param onPage how many of how many are up
 * @returns ids of the uploaded pictures, in order
 */
export async function uploadPages(file: File, onPage: (page: number, pages: number) => void): Promise<string[]> {
  if (file.type.startsWith("image/")) {
    const { id } = await uploadPicture(file, () => undefined);
    onPage(1, 1);
    return [id];
  }
  if (file.type !== "application/pdf" && !/\.pdf$/i.test(file.name)) throw new PagesError("type");
  const document = await openPdf(file);
  try {
    if (document.numPages > PAGE_LIMIT) throw new PagesError("too-many");
    const ids: string[] = [];
    onPage(0, document.numPages);
    for (let page = 1; page <= document.numPages; page++) {
      const picture = await pictureOf(await document.getPage(page));
      const { id } = await uploadPicture(new File([picture], `${page}.jpg`, { type: "image/jpeg" }), () => undefined);
      ids.push(id);
      onPage(page, document.numPages);
    }
    return ids;
  } finally {
    void document.loadingTask.destroy();
  }
}

async function openPdf(file: File) {
  // A large library that only those need who bring slides.
  const [pdf, worker] = await Promise.all([import("pdfjs-dist"), import("pdfjs-dist/build/pdf.worker.min.mjs?url")]);
  pdf.GlobalWorkerOptions.workerSrc = worker.default;
  try {
    return await pdf.getDocument({ data: await file.arrayBuffer(), isEvalSupported: false }).promise;
  } catch (error) {
    throw new PagesError(error instanceof Error && error.name === "PasswordException" ? "locked" : "broken");
  }
}

type PdfPage = Awaited<ReturnType<Awaited<ReturnType<typeof openPdf>>["getPage"]>>;

async function pictureOf(page: PdfPage): Promise<Blob> {
  const size = page.getViewport({ scale: 1 });
  // A page on its side or a long one stays within what the server keeps.
  const viewport = page.getViewport({ scale: PAGE_WIDTH / Math.max(size.width, size.height * (16 / 9)) });
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvas, viewport, background: "#ffffff" }).promise;
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  page.cleanup();
  if (!picture) throw new PagesError("broken");
  return picture;
}
