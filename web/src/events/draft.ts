/** Brings together what I typed and what someone else saved meanwhile. Nothing typed is ever dropped. */

export interface Merged<T> {
  /** What the form shows from now on: my changes on top of theirs. */
  values: T;
  /** Fields both of us changed, to different things; the form shows mine and tells theirs. */
  contested: (keyof T)[];
}

/** Names the fields that differ from the saved ones. */
export function changedFields<T extends object>(saved: T, values: T): (keyof T)[] {
  return (Object.keys(saved) as (keyof T)[]).filter((field) => values[field] !== saved[field]);
}

/**
 * @param saved what the form started from
 * @param mine what it holds now
 * @param theirs what the server holds now
 */
export function mergeDraft<T extends object>(saved: T, mine: T, theirs: T): Merged<T> {
  const kept = changedFields(saved, mine);
  const values = { ...theirs };
  for (const field of kept) values[field] = mine[field];
  return { values, contested: kept.filter((field) => theirs[field] !== saved[field] && theirs[field] !== mine[field]) };
}
