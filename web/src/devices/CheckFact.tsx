import "./devices.css";
import type { ReactNode } from "react";
import { Icon } from "../platform/components/index.ts";

interface CheckFactProps {
  ok: boolean;
  trouble?: boolean;
  children: ReactNode;
}

/** One thing that was checked, inside `.oks`: fine, not fine, or not known yet. */
export function CheckFact({ ok, trouble, children }: CheckFactProps) {
  return (
    <span className={trouble ? "no" : ok ? "" : "open"}>
      <Icon name={trouble ? "warn" : ok ? "check" : "clock"} size="sm" />
      {children}
    </span>
  );
}
