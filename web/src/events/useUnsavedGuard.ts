import { useCallback, useEffect, useState } from "react";
import { useLocation } from "wouter";

interface UnsavedGuard {
  /** Where the person wanted to go; ask them, then `leave` or `stay`. */
  wanted: string | undefined;
  leave: () => void;
  stay: () => void;
}

/**
 * While `dirty`, a press on a link inside Plenary is held back until the person decides, and closing the tab asks as the
 * browser does. Going back cannot be held, which is why the editor also keeps its draft on the device.
 */
export function useUnsavedGuard(dirty: boolean): UnsavedGuard {
  const [, navigate] = useLocation();
  const [wanted, setWanted] = useState<string>();

  useEffect(() => {
    if (!dirty) return;
    const onClick = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      const elsewhere = link && link.origin === location.origin && link.pathname !== location.pathname;
      if (!elsewhere || link.target === "_blank") return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(link.pathname + link.search + link.hash);
    };
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    document.addEventListener("click", onClick, true);
    addEventListener("beforeunload", onUnload);
    return () => {
      document.removeEventListener("click", onClick, true);
      removeEventListener("beforeunload", onUnload);
    };
  }, [dirty]);

  const stay = useCallback(() => setWanted(undefined), []);
  const leave = useCallback(() => {
    if (wanted) navigate(wanted);
  }, [wanted, navigate]);
  return { wanted, leave, stay };
}
