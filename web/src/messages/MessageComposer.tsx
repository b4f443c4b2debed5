import { useEffect, useRef, useState } from "react";
import { Button } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { ACCEPTED, upload } from "./files.ts";
import { useText } from "./text.ts";
import type { Message } from "./thread.ts";

/** Longest message the server takes, in characters. */
const LIMIT = 4_000;
const MOST_FILES = 6;

type Uploaded = Message["files"][number];

interface MessageComposerProps {
  event: string;
  name: string;
  onTyping: () => void;
  onSay: (text: string, files: Uploaded[]) => void;
}

/** What one says: Enter sends, with Shift it begins a line. What is too long stays, with the reason. */
export function MessageComposer({ event, name, onTyping, onSay }: MessageComposerProps) {
  const { t } = useText();
  const [text, setText] = useState("");
  const [files, setFiles] = useState<readonly Uploaded[]>([]);
  const [uploading, setUploading] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const chooser = useRef<HTMLInputElement>(null);
  const ending = useRef<AbortController>(undefined);
  useEffect(() => {
    ending.current = new AbortController();
    return () => ending.current?.abort();
  }, []);
  const over = text.trim().length - LIMIT;
  const say = () => {
    if (uploading || over > 0 || (!text.trim() && files.length === 0)) return;
    onSay(text.trim(), [...files]);
    setText("");
    setFiles([]);
    setFailure(undefined);
  };
  const add = async (chosen: FileList | null) => {
    setFailure(undefined);
    for (const file of [...(chosen ?? [])].slice(0, MOST_FILES - files.length)) {
      setUploading(file.name);
      try {
        const kept = await upload(event, file, ending.current?.signal ?? new AbortController().signal);
        setFiles((now) => [...now, kept]);
      } catch (error) {
        setFailure(refusalOf(error).message);
      }
    }
    setUploading(undefined);
    if (chooser.current) chooser.current.value = "";
  };
  return (
    <form
      className="say"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        say();
      }}
    >
      {(over > 0 || failure) && (
        <p className="tiny say-error" id="message-error" role="alert">
          <Icon name="warn" size="sm" />
          {over > 0 ? t("tooLong", { over }) : failure}
        </p>
      )}
      {(files.length > 0 || uploading) && (
        <ul className="row wrap attached">
          {files.map((file) => (
            <li className="chip" key={file.id}>
              <Icon name="doc" size="sm" />
              <span className="trunc">{file.name}</span>
              <button
                type="button"
                className="plain"
                aria-label={t("detach", { name: file.name })}
                onClick={() => setFiles((now) => now.filter(({ id }) => id !== file.id))}
              >
                <Icon name="x" size="sm" />
              </button>
            </li>
          ))}
          {uploading && <li className="small muted">{t("uploading", { name: uploading })}</li>}
        </ul>
      )}
      <div className="composer">
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          accept={ACCEPTED}
          data-testid="message-files"
          onChange={(change) => void add(change.target.files)}
        />
        <Button variant="ghost" size="sm" icon aria-label={t("attach")} onClick={() => chooser.current?.click()}>
          <Icon name="plus" size="sm" />
        </Button>
        <textarea
          rows={1}
          aria-label={t("field", { name })}
          placeholder={t("placeholder", { name })}
          value={text}
          aria-invalid={over > 0 || undefined}
          aria-describedby={over > 0 ? "message-error" : undefined}
          onChange={(change) => {
            setText(change.target.value);
            if (change.target.value.trim()) onTyping();
          }}
          onKeyDown={(key) => {
            if (key.key !== "Enter" || key.shiftKey || key.nativeEvent.isComposing) return;
            key.preventDefault();
            say();
          }}
        />
        <Button type="submit" variant="primary" size="sm" icon aria-label={t("send")}>
          <Icon name="send" size="sm" />
        </Button>
      </div>
    </form>
  );
}
