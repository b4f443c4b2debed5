/** Which of these tags are also in the other list, whatever their case. */
export function alike(tags: readonly string[], mine: readonly string[]): Set<string> {
  const known = new Set(mine.map((tag) => tag.toLocaleLowerCase()));
  return new Set(tags.filter((tag) => known.has(tag.toLocaleLowerCase())));
}

/** Tags as people type them: with commas or line breaks between. */
export function tagsOf(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((tag) => tag.trim())
    .filter(Boolean);
}

/** What a person does and where, in a line. */
export function lineOf(card: { headline: string; company?: string | null }): string {
  const { headline, company } = card;
  if (!company || headline.toLocaleLowerCase().includes(company.toLocaleLowerCase())) return headline;
  return headline ? `${headline}, ${company}` : company;
}
