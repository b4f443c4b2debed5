import { useEffect, useState } from "react";
import { useText } from "./text.ts";

/** Saved this long after the last key. */
const SAVE_MS = 400;

/** A speaker's own notes for one room, kept in this browser alone. */
export function Notes({ room }: { room: string }) {
  const { t } = useText();
  const key = `plenary.notes.${room}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? "");
  useEffect(() => {
    const timer = setTimeout(() => localStorage.setItem(key, text), SAVE_MS);
    return () => {
      clearTimeout(timer);
      localStorage.setItem(key, text);
    };
  }, [key, text]);
  return (
    <section className="notes" aria-labelledby="notes-title">
      <p className="ttl" id="notes-title">
        {t("notes.title")} <span className="muted ttl-count">{t("notes.onlyYou")}</span>
      </p>
      <textarea
        className="np"
        aria-labelledby="notes-title"
        placeholder={t("notes.placeholder")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </section>
  );
}
