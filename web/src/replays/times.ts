/** Seconds of "1:02:03", "4:05" or "12"; undefined when it is no time. */
export function secondsOf(text: string): number | undefined {
  const parts = text.trim().split(":");
  if (parts.length > 3 || !parts.every((part) => /^\d{1,5}([.,]\d{1,3})?$/.test(part))) return undefined;
  return parts.reduce((sum, part) => sum * 60 + Number(part.replace(",", ".")), 0);
}

export interface WrittenChapter {
  atSeconds: number;
  title: string;
}

/** Chapters of lines of a time and a name; the number of the first line that is none of it. */
export function chaptersOf(text: string): { chapters: WrittenChapter[]; wrong?: number } {
  const chapters: WrittenChapter[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (!line.trim()) continue;
    const [, time = "", title = ""] = /^\s*([\d:.,]+)\s+(.+?)\s*$/.exec(line) ?? [];
    const atSeconds = secondsOf(time);
    if (atSeconds === undefined || !title) return { chapters, wrong: index + 1 };
    chapters.push({ atSeconds, title });
  }
  return { chapters };
}
