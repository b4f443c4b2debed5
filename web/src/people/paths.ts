/** The directory of an event, with somebody open when named. */
export function peoplePath(slug: string, person?: string): string {
  return person ? `/e/${slug}/people?person=${person}` : `/e/${slug}/people`;
}

/** The conversation with somebody. */
export function messagePath(slug: string, person?: string): string {
  return person ? `/e/${slug}/messages?with=${person}` : `/e/${slug}/messages`;
}

/** Times to meet somebody. */
export function proposePath(slug: string, person: string): string {
  return `/e/${slug}/messages?with=${person}&times=1`;
}
