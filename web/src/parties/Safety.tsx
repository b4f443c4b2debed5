import { useState } from "react";
import { BlockAtPartyDocument, ReportAtPartyDocument } from "../gql/graphql.ts";
import { Button, Dialog, FormError, Icon, SelectField, TextAreaField, useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import type { Meeting } from "./party.ts";
import { firstName } from "./reason.ts";
import { useText } from "./text.ts";

const LONGEST_NOTE = 1_000;

/** Report and block, within reach in every call. Neither is told to the other person. */
export function Safety({ event, meeting }: { event: string; meeting: Meeting }) {
  const { t } = useText();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [person, setPerson] = useState(meeting.people[0]?.person ?? "");
  const [note, setNote] = useState("");
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const who = meeting.people.find((one) => one.person === person) ?? meeting.people[0];
  const name = firstName(who?.name ?? "");
  const act = async (run: () => Promise<unknown>, said: string) => {
    setPending(true);
    setRefusal(undefined);
    try {
      await run();
      setOpen(false);
      setNote("");
      toast({ text: said });
    } catch (error) {
      setRefusal(refusalOf(error).message);
    } finally {
      setPending(false);
    }
  };
  const report = () =>
    act(
      () => send(ReportAtPartyDocument, { input: { event, person, kind: "party", id: meeting.id, note: note.trim() } }),
      t("safety.reported"),
    );
  const block = () => act(() => send(BlockAtPartyDocument, { event, person }), t("safety.blocked", { name }));
  return (
    <>
      <button type="button" className="tool" onClick={() => setOpen(true)}>
        <Icon name="flag" />
        {t("safety.tool")}
      </button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("safety.title", { name })}
        kind="sheet"
        actions={
          <>
            <Button variant="danger-line" pending={pending} onClick={() => void block()}>
              <Icon name="ban" size="sm" />
              {t("safety.block", { name })}
            </Button>
            <Button variant="primary" pending={pending} onClick={() => void report()}>
              {t("safety.report")}
            </Button>
          </>
        }
      >
        <div className="stack">
          {meeting.people.length > 1 && (
            <SelectField label={t("safety.who")} value={person} onChange={(event) => setPerson(event.target.value)}>
              {meeting.people.map((one) => (
                <option key={one.person} value={one.person}>
                  {one.name}
                </option>
              ))}
            </SelectField>
          )}
          <p className="small muted">{t("safety.text")}</p>
          <TextAreaField
            label={t("safety.note")}
            rows={3}
            maxLength={LONGEST_NOTE}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <p className="small muted">{t("safety.blockText", { name })}</p>
          {refusal && <FormError>{refusal}</FormError>}
        </div>
      </Dialog>
    </>
  );
}
