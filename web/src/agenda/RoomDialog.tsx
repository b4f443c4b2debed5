import { type FormEvent, useId, useState } from "react";
import { LIMITS } from "../events/eventForm.ts";
import { RemoveRoomDocument, type RoomKind, SaveRoomDocument } from "../gql/graphql.ts";
import { ConfirmDialog } from "../organize/ConfirmDialog.tsx";
import type { DeskPageProps, DeskRoom } from "../organize/desk.ts";
import { focusFirstInvalid } from "../organize/forms.ts";
import { useOrganizeText } from "../organize/text.ts";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { Button, Dialog, FormError, TextField, useToast } from "../platform/components/index.ts";

const kinds: RoomKind[] = ["LOBBY", "STAGE", "NETWORKING"];

interface RoomDialogProps extends DeskPageProps {
  /** Undefined: a new one. */
  room: DeskRoom | undefined;
  onClose: () => void;
}

/** A room: its name, and what it is for. */
export function RoomDialog({ event, room, onClose }: RoomDialogProps) {
  const { t } = useOrganizeText();
  const toast = useToast();
  const formId = useId();
  const [name, setName] = useState(room?.name ?? "");
  const [kind, setKind] = useState<RoomKind>(room?.kind ?? "STAGE");
  const [missing, setMissing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const save = useAction(SaveRoomDocument);
  const remove = useAction(RemoveRoomDocument);

  const submit = async (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    setMissing(!name.trim());
    if (!name.trim()) return focusFirstInvalid(submitted.currentTarget);
    if (save.pending) return;
    const kept = room && room.kind === kind ? { format: room.format } : {};
    const input = { ...(room && { id: room.id }), event: event.id, name: name.trim(), kind, ...kept };
    if (!(await save.run({ input }))) return;
    toast({ text: t("room.saved", { room: name.trim() }) });
    onClose();
  };

  const confirmRemoval = async () => {
    if (!room || !(await remove.run({ id: room.id }))) return;
    toast({ text: t("room.removed", { room: room.name }) });
    onClose();
  };

  const general = formError(save.refusal, ["name"]);
  return (
    <>
      <Dialog
        open={!removing}
        onClose={() => !removing && onClose()}
        title={room ? t("room.edit") : t("room.add")}
        kind="sheet"
        actions={
          <>
            {room && (
              <Button variant="ghost" className="push-start" onClick={() => setRemoving(true)}>
                {t("remove")}
              </Button>
            )}
            <Button variant="ghost" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button variant="primary" type="submit" form={formId} pending={save.pending}>
              {t("save")}
            </Button>
          </>
        }
      >
        <form id={formId} className="stack form-stack" onSubmit={(submitted) => void submit(submitted)} noValidate>
          <TextField
            label={t("room.name")}
            value={name}
            maxLength={LIMITS.roomName}
            autoComplete="off"
            error={fieldError(missing && !name.trim() ? t("errors.nameMissing") : undefined, save.refusal, "name")}
            onChange={(change) => setName(change.target.value)}
          />
          <fieldset className="choices">
            <legend className="choice-legend">{t("room.kind")}</legend>
            {kinds.map((one) => (
              <label className="choice" key={one}>
                <span className="check">
                  <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
                </span>
                <b className="strong">{t(`room.kinds.${one}`)}</b>
                <small>{t(`room.kindText.${one}`)}</small>
              </label>
            ))}
          </fieldset>
          {general && <FormError>{general}</FormError>}
        </form>
      </Dialog>
      {room && (
        <ConfirmDialog
          open={removing}
          title={t("room.removeTitle", { room: room.name })}
          action={t("remove")}
          danger
          pending={remove.pending}
          refusal={remove.refusal}
          onConfirm={() => void confirmRemoval()}
          onClose={() => setRemoving(false)}
        >
          {t("room.removeText")}
        </ConfirmDialog>
      )}
    </>
  );
}
