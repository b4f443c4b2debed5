const parties = new Set<string>();

/** Parties that this tab was asked to and has answered, by going there or not: nobody is asked twice. */
export const answered = {
  add: (party: string): void => void parties.add(party),
  has: (party: string): boolean => parties.has(party),
};
