import { useSyncExternalStore } from "react";

const narrow = () => matchMedia("(max-width: 860px)");

/** True where a second pane is a sheet. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = narrow();
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => narrow().matches,
  );
}
