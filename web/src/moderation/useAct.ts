import { useCallback, useState } from "react";
import { useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { useText } from "./text.ts";

/** Does something, says that it is done or why it was refused. */
export function useAct(onDone?: () => void): {
  run: (act: () => Promise<unknown>, done?: string) => Promise<boolean>;
  pending: boolean;
} {
  const { t } = useText();
  const toast = useToast();
  const [pending, setPending] = useState(false);
  const run = useCallback(
    async (act: () => Promise<unknown>, done = t("done")) => {
      setPending(true);
      try {
        await act();
        toast({ text: done, icon: "check" });
        onDone?.();
        return true;
      } catch (error) {
        toast({ text: refusalOf(error).message, icon: "warn" });
        return false;
      } finally {
        setPending(false);
      }
    },
    [onDone, toast, t],
  );
  return { run, pending };
}
