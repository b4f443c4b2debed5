import "./captions.css";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { CorrectCaptionDocument } from "../gql/graphql.ts";
import { Button, TextField } from "../platform/components/index.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { clock } from "../rooms/time.ts";
import { lineNow, type ReplayLine, search } from "./screen.ts";
import { useText } from "./text.ts";

interface TranscriptProps {
  lines: readonly ReplayLine[];
  language: string | undefined;
  time: number;
  onSeek: (second: number) => void;
  /** For those who may: what was corrected. */
  onCorrect?: ((id: string, text: string) => void) | undefined;
}

/** Everything that was said, to read, search, and play from. */
export function Transcript({ lines, language, time, onSeek, onCorrect }: TranscriptProps) {
  const { t } = useText();
  const [wanted, setWanted] = useState("");
  const [correcting, setCorrecting] = useState<string>();
  const list = useRef<HTMLOListElement>(null);
  const found = search(lines, wanted);
  const now = lines[lineNow(lines, time)]?.id;
  const searching = wanted.trim() !== "";
  useEffect(() => {
    if (searching || correcting || !now) return;
    // The log alone scrolls: the page stays where it is.
    const line = list.current?.querySelector<HTMLElement>(`[data-line="${now}"]`);
    if (line && list.current)
      list.current.scrollTop = line.offsetTop - list.current.offsetTop - list.current.clientHeight / 3;
  }, [now, searching, correcting]);
  if (lines.length === 0) return <p className="muted small transcript-search">{t("transcriptNone")}</p>;
  return (
    <div className="transcript">
      <div className="transcript-search">
        <input
          className="input"
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <p className="tiny muted" role="status">
          {searching && (found.length === 0 ? t("foundNone") : t("found", { count: found.length }))}
        </p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <ol ref={list} lang={language} aria-label={t("transcript")} tabIndex={0}>
        {found.map((line) => (
          <li key={line.id} data-line={line.id} aria-current={line.id === now ? "true" : undefined}>
            <button type="button" className="line" onClick={() => onSeek(line.atSeconds)}>
              <time className="num">{clock(line.atSeconds * 1000)}</time>
              <span dir="auto">
                {line.speaker && <b>{line.speaker}: </b>}
                {line.text}
              </span>
            </button>
            {onCorrect && correcting !== line.id && (
              <Button
                variant="ghost"
                size="sm"
                aria-label={t("correctLine", { at: clock(line.atSeconds * 1000) })}
                onClick={() => setCorrecting(line.id)}
              >
                {t("correct")}
              </Button>
            )}
            {onCorrect && correcting === line.id && (
              <Correction
                line={line}
                onDone={(text) => {
                  if (text !== undefined) onCorrect(line.id, text);
                  setCorrecting(undefined);
                }}
              />
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Correction({ line, onDone }: { line: ReplayLine; onDone: (text?: string) => void }) {
  const { t } = useText();
  const [text, setText] = useState(line.text);
  const [refusal, setRefusal] = useState<Refusal>();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      onDone((await send(CorrectCaptionDocument, { id: line.id, text })).correctCaption.text);
    } catch (error) {
      setRefusal(refusalOf(error));
    }
  };
  return (
    <form onSubmit={save}>
      <TextField
        label={t("correct")}
        value={text}
        maxLength={500}
        error={refusal?.message}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row">
        <Button variant="primary" size="sm" type="submit">
          {t("save")}
        </Button>
        <Button variant="ghost" size="sm" onClick={() => onDone()}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
