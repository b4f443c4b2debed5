/** The path if it is one of this site, else the start page: an address must never lead a person elsewhere. */
export function pathHere(path: string | null | undefined): string {
  if (!path?.startsWith("/")) return "/";
  const url = new URL(path, location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : "/";
}

/** Goes there with everything asked anew: what was known belonged to another session. */
export function enter(path: string): void {
  location.assign(pathHere(path));
}
