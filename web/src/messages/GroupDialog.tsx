import { useState } from "react";
import { StartGroupDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { Dialog } from "../platform/components/Dialog.tsx";
import { FormError, TextField } from "../platform/components/Field.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";

interface GroupDialogProps {
  event: string;
  people: readonly { card: { person: string; name: string } }[];
  onClose: () => void;
  onStarted: (conversation: string) => void;
}

/** A conversation of more than two, from people one writes with already. */
export function GroupDialog({ event, people, onClose, onStarted }: GroupDialogProps) {
  const { t } = useText();
  const [id] = useState(() => crypto.randomUUID());
  const [title, setTitle] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const start = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      const { startGroup } = await send(StartGroupDocument, { event, id, title, people: [...chosen] });
      onStarted(startGroup.id);
      onClose();
    } catch (error) {
      setFailure(refusalOf(error).message);
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      open
      kind="sheet"
      onClose={onClose}
      title={t("groupTitle")}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" pending={pending} disabled={chosen.size === 0} onClick={() => void start()}>
            {t("groupStart")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <TextField
          label={t("groupName")}
          maxLength={60}
          value={title}
          onChange={(change) => setTitle(change.target.value)}
        />
        <fieldset className="stack group-people">
          <legend className="label">{t("groupPeople")}</legend>
          <p className="small muted">{t("groupPeopleText")}</p>
          {people.map(({ card }) => (
            <label className="check" key={card.person}>
              <input
                type="checkbox"
                checked={chosen.has(card.person)}
                onChange={(change) => {
                  const next = new Set(chosen);
                  if (change.target.checked) next.add(card.person);
                  else next.delete(card.person);
                  setChosen(next);
                }}
              />
              <span>{card.name}</span>
            </label>
          ))}
        </fieldset>
        {failure && <FormError>{failure}</FormError>}
      </div>
    </Dialog>
  );
}
