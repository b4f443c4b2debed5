import { useMutation } from "urql";
import { RemovePictureDocument } from "../gql/graphql.ts";
import { Avatar } from "../platform/components/Avatar.tsx";
import { Button } from "../platform/components/Button.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { FileButton } from "./FileButton.tsx";
import { useText } from "./text.ts";
import { LARGEST_PICTURE, PICTURES, problemOf } from "./upload.ts";
import { useUpload } from "./useUpload.ts";

interface PictureFieldProps {
  name: string;
  picture: string | null | undefined;
  onChanged: () => void;
}

/** The picture: kept as soon as it is chosen. */
export function PictureField({ name, picture, onChanged }: PictureFieldProps) {
  const { t } = useText();
  const toast = useToast();
  const [{ fetching }, remove] = useMutation(RemovePictureDocument);
  const upload = useUpload("/profiles/picture", () => {
    toast({ text: t("picture.saved") });
    onChanged();
  });
  const choose = (file: File) => {
    const problem = problemOf(file, PICTURES, LARGEST_PICTURE);
    if (problem) upload.setError(t(`picture.${problem}`, { size: (file.size / 1024 / 1024).toFixed(1) }));
    else upload.send(file);
  };
  const takeAway = async () => {
    const { error } = await remove({});
    if (error) upload.setError(refusalOf(error).message);
    else toast({ text: t("picture.removed") });
  };
  return (
    <div className="picture-field">
      <Avatar name={name} photoUrl={picture ?? null} size="xl" />
      <div className="stack">
        <div className="row wrap">
          <FileButton
            label={picture ? t("picture.another") : t("picture.choose")}
            icon={picture ? "edit" : "plus"}
            accept={PICTURES}
            percent={upload.percent}
            onFile={choose}
          />
          {picture && (
            <Button variant="ghost" size="sm" pending={fetching} onClick={() => void takeAway()}>
              {t("picture.remove")}
            </Button>
          )}
        </div>
        <p className="hint">
          <Icon name="lock" size="sm" />
          {t("picture.hint")}
        </p>
        {upload.error && <FormError>{upload.error}</FormError>}
      </div>
    </div>
  );
}
