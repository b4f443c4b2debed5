import { useEffect } from "react";

/** Names the page in the tab: `Agenda · Groundwork 2027 · Plenary`. */
export function useTitle(...parts: (string | undefined)[]): void {
  const title = [...parts, "Plenary"].filter(Boolean).join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}
