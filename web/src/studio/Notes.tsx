import { useEffect, useState } from "react";
import { SaveNotesDocument } from "../gql/graphql.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";

/** Saved this long after the last key. */
const SAVE_MS = 800;

/** What was written since the page was loaded, by room: the field comes and goes with its tab. */
const written = new Map<string, string>();

interface NotesProps {
  room: string;
  /** As the server has them. */
  kept: string;
}

/** A speaker's own notes for one stage; the server shows them to nobody else. */
export function Notes({ room, kept }: NotesProps) {
  const { t } = useText();
  const [text, setText] = useState(written.get(room) ?? kept);
  const [problem, setProblem] = useState<string>();
  const write = (now: string) => {
    setText(now);
    written.set(room, now);
  };
  useEffect(() => {
    if ((written.get(room) ?? kept) === kept && text === kept) return;
    const save = () =>
      void send(SaveNotesDocument, { room, text }).then(
        () => setProblem(undefined),
        (error: unknown) => setProblem(refusalOf(error).message),
      );
    const timer = setTimeout(save, SAVE_MS);
    return () => clearTimeout(timer);
  }, [room, kept, text]);
  return (
    <section className="notes" aria-labelledby="notes-title">
      <p className="ttl" id="notes-title">
        {t("notes.title")} <span className="muted ttl-count">{t("notes.onlyYou")}</span>
      </p>
      <textarea
        className="np"
        aria-labelledby="notes-title"
        maxLength={20_000}
        placeholder={t("notes.placeholder")}
        value={text}
        onChange={(event) => write(event.target.value)}
      />
      {problem && (
        <p className="tiny trouble" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
