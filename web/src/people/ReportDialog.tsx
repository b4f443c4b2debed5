import { useState } from "react";
import { useMutation } from "urql";
import { BlockPersonDocument, ReportMessagesDocument, ReportPersonDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { Dialog } from "../platform/components/Dialog.tsx";
import { FormError, TextAreaField } from "../platform/components/Field.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { CHANGES_BLOCKS } from "../profiles/useBlocked.ts";
import { useText } from "./text.ts";

/** Where something happened; as the server knows it. */
export type ReportPlace = "profile" | "chat" | "message" | "party" | "table" | "meeting" | "call";

export interface ReportOf {
  kind: ReportPlace;
  /** Of the message, table, meeting …, when it is about one. */
  id?: string;
  /** What was said there: the reporter ticks what the moderators may read. Nothing is ticked before. */
  lines?: readonly { id: string; by: string; text: string; at?: string }[];
}

interface ReportDialogProps {
  event: string;
  person: { id: string; name: string };
  about: ReportOf;
  onClose: () => void;
  onBlocked?: (() => void) | undefined;
}

/** Tells the moderators, and says beforehand what they get. */
export function ReportDialog({ event, person, about, onClose, onBlocked }: ReportDialogProps) {
  const { t } = useText();
  const toast = useToast();
  const [reporting, report] = useMutation(ReportPersonDocument);
  const [reportingMessages, reportMessages] = useMutation(ReportMessagesDocument);
  const [blocking, block] = useMutation(BlockPersonDocument);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [note, setNote] = useState("");
  const [blocks, setBlocks] = useState(true);
  const [failure, setFailure] = useState<string>();
  const { name } = person;
  const lines = about.lines ?? [];
  const chosen = lines.filter((line) => ticked.has(line.id));

  const send = async () => {
    setFailure(undefined);
    // Of a conversation the server itself takes the words that were ticked, so that nobody can put others into somebody's mouth.
    const { error } =
      about.kind === "message" && about.id
        ? await reportMessages({ conversation: about.id, about: person.id, messages: chosen.map(({ id }) => id), note })
        : await report({
            input: {
              event,
              person: person.id,
              note,
              kind: about.kind,
              id: about.id ?? null,
              excerpt: chosen.length > 0 ? JSON.stringify(chosen) : null,
            },
          });
    if (error) return setFailure(refusalOf(error).message);
    if (blocks) {
      const { error: notBlocked } = await block({ event, person: person.id }, CHANGES_BLOCKS);
      if (notBlocked) return setFailure(refusalOf(notBlocked).message);
    }
    toast({ text: blocks ? t("report.doneBlocked", { name }) : t("report.done"), icon: "flag" });
    onClose();
    if (blocks) onBlocked?.();
  };

  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    setTicked(next);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      kind="sheet"
      title={t("report.title", { name })}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t("report.cancel")}
          </Button>
          <Button
            variant="danger"
            pending={reporting.fetching || reportingMessages.fetching || blocking.fetching}
            onClick={() => void send()}
          >
            {t("report.action")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t("report.text", { name })}</p>
        <TextAreaField
          label={t("report.note")}
          rows={3}
          maxLength={1000}
          value={note}
          onChange={(change) => setNote(change.target.value)}
        />
        <section className="stack report-sent" aria-labelledby="report-sent">
          <h3 className="label" id="report-sent">
            {t("report.sent")}
          </h3>
          <p className="small">{t("report.sentPerson", { name, where: t(`report.where.${about.kind}`) })}</p>
          {lines.length > 0 ? (
            <fieldset className="report-lines">
              <legend className="small">{t("report.sentLines")}</legend>
              {lines.map((line) => (
                <label className="check" key={line.id}>
                  <input
                    type="checkbox"
                    checked={ticked.has(line.id)}
                    onChange={(change) => tick(line.id, change.target.checked)}
                  />
                  <span>
                    <b>{line.by}</b> {line.text}
                  </span>
                </label>
              ))}
            </fieldset>
          ) : (
            <p className="small muted">{t("report.sentNothing")}</p>
          )}
        </section>
        <label className="check">
          <input type="checkbox" checked={blocks} onChange={(change) => setBlocks(change.target.checked)} />
          <span>{t("report.alsoBlock", { name })}</span>
        </label>
        {failure && <FormError>{failure}</FormError>}
      </div>
    </Dialog>
  );
}
