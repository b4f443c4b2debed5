import { useId } from "react";
import { Icon } from "../platform/components/Icon.tsx";
import type { IconName } from "../platform/icons/names.ts";
import { useText } from "./text.ts";

interface FileButtonProps {
  label: string;
  icon: IconName;
  accept: readonly string[];
  percent: number | undefined;
  onFile: (file: File) => void;
}

/** A button that takes a file and shows how far it is. */
export function FileButton({ label, icon, accept, percent, onFile }: FileButtonProps) {
  const { t } = useText();
  const id = useId();
  return (
    <>
      <label className="btn line sm file" data-pending={percent === undefined ? undefined : true}>
        <Icon name={icon} size="sm" />
        {label}
        <input
          className="sr"
          type="file"
          accept={accept.join(",")}
          disabled={percent !== undefined}
          aria-describedby={id}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) onFile(file);
          }}
        />
      </label>
      <span id={id} role="status" className="tiny muted num">
        {percent !== undefined && t("upload.progress", { percent })}
      </span>
    </>
  );
}
