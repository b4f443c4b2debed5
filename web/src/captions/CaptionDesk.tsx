import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { CorrectCaptionDocument, SendCaptionDocument } from "../gql/graphql.ts";
import { Button, FormError, TextField } from "../platform/components/index.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import type { LiveRoom } from "../rooms/live.ts";
import { useText } from "./text.ts";

/** The server takes lines of this many characters. */
const LONGEST = 500;
/** While somebody types, what stands there is told this often. */
const GUESS_MS = 900;
/** Lines that stay in sight to be corrected. */
const KEPT = 60;

interface Sent {
  id: string;
  text: string;
  /** When its first letter was written; kept for a line that did not get through, so that it comes at its moment when it is sent again. */
  began: number;
  /** Why it did not get through. */
  refusal?: Refusal | undefined;
}

interface CaptionDeskProps {
  live: LiveRoom;
  broadcast: string | null | undefined;
  onAir: boolean;
  /** How far behind the stage the audience is, and so whoever types. */
  latencyMs: number | undefined;
  children?: ReactNode;
}

/** A line to write and the lines that were sent. A line counts from its first letter, heard as late as the audience hears. */
export function CaptionDesk({ live, broadcast, onAir, latencyMs, children }: CaptionDeskProps) {
  const { t } = useText();
  const [language, setLanguage] = useState(() => document.documentElement.lang || "en");
  const [text, setText] = useState("");
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const [refusal, setRefusal] = useState<Refusal>();
  const line = useRef<{ id: string; began: number; told: number } | undefined>(undefined);
  const log = useRef<HTMLDivElement>(null);
  const count = sent.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another broadcast begins with an empty sheet
  useEffect(() => setSent([]), [broadcast]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows what is sent
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [count]);

  const say = (words: string, final: boolean, { id, began }: { id: string; began: number }) => {
    const agoMs = Math.round(Math.min(Date.now() - began + (latencyMs ?? 0), 110_000));
    return send(SendCaptionDocument, {
      room: live.room,
      line: { id, language, text: words, agoMs, final, recognised: false },
    });
  };
  const write = (words: string) => {
    setText(words);
    if (!words.trim()) {
      line.current = undefined;
      return;
    }
    const now = Date.now();
    line.current ??= { id: crypto.randomUUID(), began: now, told: now };
    if (onAir && now - line.current.told >= GUESS_MS) {
      line.current.told = now;
      void say(words.trim(), false, line.current).catch(() => undefined);
    }
  };
  const finish = async (event: FormEvent) => {
    event.preventDefault();
    const words = text.trim();
    if (!words || !onAir) return;
    setRefusal(undefined);
    const begun = line.current ?? { id: crypto.randomUUID(), began: Date.now() };
    line.current = undefined;
    setText("");
    try {
      await say(words, true, begun);
      keep({ ...begun, text: words });
    } catch (error) {
      // What was written is not lost: it stands there again, or above the next line when that was begun.
      if (line.current) keep({ ...begun, text: words, refusal: refusalOf(error) });
      else {
        line.current = { ...begun, told: Date.now() };
        setText(words);
        setRefusal(refusalOf(error));
      }
    }
  };
  const keep = (one: Sent) => setSent((before) => [...before.filter(({ id }) => id !== one.id), one].slice(-KEPT));
  const again = async (one: Sent) => {
    try {
      await say(one.text, true, one);
      setSent((before) => before.map((other) => (other.id === one.id ? { ...one, refusal: undefined } : other)));
    } catch (error) {
      const refusal = refusalOf(error);
      setSent((before) => before.map((other) => (other.id === one.id ? { ...one, refusal } : other)));
    }
  };

  return (
    <>
      <div className="desk-scroll" ref={log}>
        <h2 className="strong small desk-head">{t("desk.lines")}</h2>
        {sent.length === 0 && <p className="small muted desk-form">{t("desk.noLines")}</p>}
        <ol className="said">
          {sent.map((one) =>
            one.refusal ? (
              <li key={one.id}>
                <div className="row">
                  <span className="grow" dir="auto">
                    {one.text}
                  </span>
                  <Button variant="line" size="sm" disabled={!onAir} onClick={() => void again(one)}>
                    {t("desk.again")}
                  </Button>
                </div>
                <FormError>{one.refusal.message}</FormError>
              </li>
            ) : (
              <SentLine
                key={one.id}
                line={one}
                onChange={(words) =>
                  setSent((before) => before.map((other) => (other.id === one.id ? { ...other, text: words } : other)))
                }
              />
            ),
          )}
        </ol>
      </div>
      <form className="desk-form" onSubmit={finish}>
        <TextField
          label={t("language")}
          hint={t("desk.languageHint")}
          value={language}
          maxLength={35}
          autoComplete="off"
          spellCheck={false}
          error={refusal?.field === "language" ? refusal.message : undefined}
          onChange={(event) => setLanguage(event.target.value)}
        />
        <TextField
          label={t("desk.write")}
          hint={onAir ? t("desk.writeHint") : t("desk.notLive")}
          value={text}
          maxLength={LONGEST}
          autoComplete="off"
          lang={language}
          error={refusal?.field === "text" ? refusal.message : undefined}
          onChange={(event) => write(event.target.value)}
        />
        {refusal && refusal.field !== "language" && refusal.field !== "text" && (
          <FormError>{refusal.message}</FormError>
        )}
        <Button variant="primary" type="submit" disabled={!onAir || !text.trim()}>
          {t("desk.send")}
        </Button>
      </form>
      {children}
    </>
  );
}

function SentLine({ line, onChange }: { line: Sent; onChange: (text: string) => void }) {
  const { t } = useText();
  const [text, setText] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  if (text === undefined) {
    return (
      <li className="row">
        <span className="grow" dir="auto">
          {line.text}
        </span>
        <Button variant="ghost" size="sm" onClick={() => setText(line.text)}>
          {t("correct")}
        </Button>
      </li>
    );
  }
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const { correctCaption } = await send(CorrectCaptionDocument, { id: line.id, text });
      onChange(correctCaption.text);
      setText(undefined);
    } catch (error) {
      setRefusal(refusalOf(error));
    }
  };
  return (
    <li>
      <form className="row" onSubmit={save}>
        <TextField
          className="grow"
          label={t("correct")}
          value={text}
          maxLength={LONGEST}
          error={refusal?.message}
          onChange={(event) => setText(event.target.value)}
        />
        <Button variant="quiet" size="sm" type="submit">
          {t("save")}
        </Button>
      </form>
    </li>
  );
}
