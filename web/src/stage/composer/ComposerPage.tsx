import { useEffect, useState } from "react";
import { Composer } from "./composer.ts";

/**
 * Where a browser of the server makes the picture of a stage: `/composer/{stage}#{ticket}`. Nobody sees it, so it has no words; its state stands in an
 * attribute.
 */
export default function ComposerPage() {
  const [state, setState] = useState<"opening" | "composing" | "failed">("opening");
  useEffect(() => {
    const ticket = location.hash.slice(1);
    const timecode = new URLSearchParams(location.search).has("timecode");
    const begun = Composer.begin(ticket, timecode);
    begun.then(
      () => setState("composing"),
      () => setState("failed"),
    );
    return () => void begun.then((composer) => composer.close()).catch(() => undefined);
  }, []);
  return <main data-composer={state} />;
}
