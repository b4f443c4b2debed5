import { useState } from "react";
import { LIMITS } from "../events/eventForm.ts";
import { RemoveRoomDocument, type RoomKind, SaveRoomDocument } from "../gql/graphql.ts";
import { ConfirmDialog } from "../organize/ConfirmDialog.tsx";
import type { DeskPageProps, DeskRoom } from "../organize/desk.ts";
import { EditDialog } from "../organize/EditDialog.tsx";
import { focusFirstInvalid } from "../organize/forms.ts";
import { useOrganizeText } from "../organize/text.ts";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { FormError, TextField, useToast } from "../platform/components/index.ts";

/** A backstage comes and goes with its stage. */
const kinds = ["LOBBY", "STAGE", "NETWORKING"] as const satisfies RoomKind[];

interface RoomDialogProps extends DeskPageProps {
  /** Undefined: a new one. */
  room: DeskRoom | undefined;
  onClose: () => void;
}

/** A room: its name, and what it is for. */
export function RoomDialog({ event, room, onClose }: RoomDialogProps) {
  const { t } = useOrganizeText();
  const toast = useToast();
  const [name, setName] = useState(room?.name ?? "");
  const [kind, setKind] = useState<RoomKind>(room?.kind ?? "STAGE");
  const [missing, setMissing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const save = useAction(SaveRoomDocument);
  const remove = useAction(RemoveRoomDocument);

  const submit = async (filled: HTMLFormElement) => {
    setMissing(!name.trim());
    if (!name.trim()) return focusFirstInvalid(filled);
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
      <EditDialog
        title={room ? t("room.edit") : t("room.add")}
        open={!removing}
        pending={save.pending}
        onSubmit={submit}
        onRemove={room && (() => setRemoving(true))}
        onClose={onClose}
      >
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
      </EditDialog>
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
