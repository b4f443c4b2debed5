import { useEffect } from "react";

/** While on air: the screen stays on, and closing the tab asks first. */
export function useOnAir(onAir: boolean): void {
  useEffect(() => {
    if (!onAir) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [onAir]);

  useEffect(() => {
    if (!onAir || !("wakeLock" in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const take = async () => {
      if (document.visibilityState !== "visible") return;
      const taken = await navigator.wakeLock.request("screen").catch(() => undefined);
      if (over) void taken?.release();
      else lock = taken;
    };
    const again = () => void take();
    again();
    document.addEventListener("visibilitychange", again);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", again);
      void lock?.release();
    };
  }, [onAir]);
}
