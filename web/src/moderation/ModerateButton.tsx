import { lazy, Suspense, useState } from "react";
import { Button } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { useModerates } from "./moderates.ts";
import { useText } from "./text.ts";

const ModerateDialog = lazy(() => import("./ModerateDialog.tsx"));

/** Beside whatever somebody said: what the staff can decide about them. Nothing for everybody else. */
export function ModerateButton({ person, name }: { person: string | null | undefined; name: string }) {
  const { t } = useText();
  const moderates = useModerates();
  const [open, setOpen] = useState(false);
  if (!moderates || !person) return null;
  return (
    <>
      <Button
        variant="ghost"
        size="sm"
        icon
        className="moderate"
        aria-label={t("moderate", { name })}
        onClick={() => setOpen(true)}
      >
        <Icon name="shield" size="sm" />
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ModerateDialog {...moderates} person={{ id: person, name }} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
