import { useState } from "react";
import { useMutation } from "urql";
import { BlockPersonDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { Dialog } from "../platform/components/Dialog.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { CHANGES_BLOCKS } from "../profiles/useBlocked.ts";
import { useText } from "./text.ts";

interface BlockDialogProps {
  event: string;
  person: { id: string; name: string };
  onClose: () => void;
  onBlocked?: (() => void) | undefined;
}

/** Says what a block means before it is made. */
export function BlockDialog({ event, person, onClose, onBlocked }: BlockDialogProps) {
  const { t } = useText();
  const toast = useToast();
  const [{ fetching }, block] = useMutation(BlockPersonDocument);
  const [failure, setFailure] = useState<string>();
  const { name } = person;
  const confirm = async () => {
    const { error } = await block({ event, person: person.id }, CHANGES_BLOCKS);
    if (error) return setFailure(refusalOf(error).message);
    toast({ text: t("block.done", { name }), icon: "ban" });
    onClose();
    onBlocked?.();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("block.title", { name })}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t("block.cancel")}
          </Button>
          <Button variant="danger" pending={fetching} onClick={() => void confirm()}>
            {t("block.action")}
          </Button>
        </>
      }
    >
      <p>{t("block.text", { name })}</p>
      <p className="small muted">{t("block.undo")}</p>
      {failure && <FormError>{failure}</FormError>}
    </Dialog>
  );
}
