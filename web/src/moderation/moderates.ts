import { createContext, useContext } from "react";

/** Where the viewer may moderate: the event, and the room they are in. */
export interface Moderates {
  event: string;
  room?: string;
}

/** Set by a page on which the viewer is of the staff. */
export const ModeratesContext = createContext<Moderates | undefined>(undefined);

/** Where the viewer moderates; undefined for everybody else. The server decides all the same. */
export function useModerates(): Moderates | undefined {
  return useContext(ModeratesContext);
}
