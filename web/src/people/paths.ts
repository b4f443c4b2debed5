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

/** Where the viewer writes their whole profile, or what this event shows differently. */
export function profilePath(slug: string, everywhere: boolean): string {
  return everywhere ? "/account/profile" : `/e/${slug}/profile`;
}
