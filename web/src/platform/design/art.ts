const drawing = /^[a-z0-9-]+$/;

/** The drawn cover of that name (`cover-slate`, `hall` …). */
export function coverArt(key: string): string {
  return `/art/${drawing.test(key) ? key : "hall"}.svg`;
}

/** The drawn portrait of that name (`amara` …). */
export function portraitArt(key: string): string | undefined {
  return drawing.test(key) ? `/art/people/${key}.svg` : undefined;
}

/** What to show for a person: the uploaded photo, else the drawing, else nothing (initials are shown). */
export function pictureOf(person: { photoUrl?: string | null; portrait?: string | null }): string | undefined {
  return person.photoUrl ?? (person.portrait ? portraitArt(person.portrait) : undefined);
}
