import { useId, useState } from "react";
import { useOrganizeText } from "../organize/text.ts";
import { Icon } from "../platform/components/index.ts";
import { acceptedPictures, UploadError, type UploadedPicture, uploadPicture } from "./upload.ts";

interface PictureUploadProps {
  label: string;
  hint?: string;
  onUploaded: (picture: UploadedPicture) => void;
}

/** A button that takes a picture, shows how far it is, and says clearly why it was not taken. */
export function PictureUpload({ label, hint, onUploaded }: PictureUploadProps) {
  const { t } = useOrganizeText();
  const id = useId();
  const [percent, setPercent] = useState<number>();
  const [error, setError] = useState<string>();

  const take = async (file: File | undefined) => {
    if (!file) return;
    setError(undefined);
    setPercent(0);
    try {
      onUploaded(await uploadPicture(file, setPercent));
    } catch (failure) {
      const problem = failure instanceof UploadError ? failure : new UploadError("failed");
      const size = (file.size / 1024 / 1024).toFixed(1);
      setError(problem.message || t(`upload.${problem.problem}`, { size }));
    } finally {
      setPercent(undefined);
    }
  };

  return (
    <div className="picture-upload">
      <label className="btn line sm" data-pending={percent === undefined ? undefined : true}>
        <Icon name="plus" size="sm" />
        {label}
        <input
          className="sr"
          type="file"
          accept={acceptedPictures}
          disabled={percent !== undefined}
          aria-describedby={`${id}-hint ${id}-state`}
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </label>
      {hint && (
        <span className="tiny muted" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <div id={`${id}-state`} role="status" className="picture-state">
        {percent !== undefined && (
          <>
            <span className="tiny muted num">{t("upload.progress", { percent })}</span>
            <div className="progress" aria-hidden="true">
              <i style={{ width: `${percent}%` }} />
            </div>
          </>
        )}
        {error && (
          <p className="picture-error">
            <Icon name="warn" size="sm" />
            {error}
          </p>
        )}
      </div>
    </div>
  );
}
