import { useId, useRef, useState } from "react";
import { Icon } from "../platform/components/Icon.tsx";
import { LONGEST_TAG, MOST_TAGS, tagOf } from "./draft.ts";
import { useText } from "./text.ts";

interface TagFieldProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  tags: readonly string[];
  onChange: (tags: string[]) => void;
}

/** Short tags: Enter or a comma adds one, Backspace in the empty line takes the last one back. */
export function TagField({ label, hint, error, tags, onChange }: TagFieldProps) {
  const { t } = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");

  const add = (typed: string) => {
    const tag = tagOf(typed, tags);
    if (typeof tag === "string") {
      onChange([...tags, tag]);
      setSaid(t("added", { tag }));
    } else if (tag.problem === "enough") setSaid(t("enough"));
    else if (tag.problem === "already") setSaid(t("already", { tag: typed.trim() }));
    if (typeof tag === "string" || tag.problem !== "enough") setText("");
  };
  const remove = (tag: string) => {
    onChange(tags.filter((other) => other !== tag));
    setSaid(t("removed", { tag }));
    input.current?.focus();
  };

  return (
    <div className={error ? "field invalid" : "field"}>
      <label htmlFor={id}>{label}</label>
      <div className="tagfield">
        {tags.length > 0 && (
          <ul className="tags" aria-label={label}>
            {tags.map((tag) => (
              <li key={tag}>
                <button
                  type="button"
                  className="chip tag"
                  aria-label={t("remove", { tag })}
                  onClick={() => remove(tag)}
                >
                  {tag}
                  <Icon name="x" size="sm" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <input
          ref={input}
          id={id}
          className="input"
          value={text}
          maxLength={LONGEST_TAG + 1}
          autoComplete="off"
          enterKeyHint="done"
          disabled={tags.length >= MOST_TAGS}
          aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined}
          aria-invalid={error ? true : undefined}
          onChange={(event) => {
            const typed = event.target.value;
            if (/[,;]/.test(typed)) add(typed.replace(/[,;].*$/, ""));
            else setText(typed);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing) {
              event.preventDefault();
              add(text);
            }
            const last = tags[tags.length - 1];
            if (event.key === "Backspace" && text === "" && last !== undefined) remove(last);
          }}
          onBlur={() => text.trim() && add(text)}
        />
      </div>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {tags.length >= MOST_TAGS ? t("enough") : hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`} role="alert">
          <Icon name="warn" size="sm" />
          {error}
        </p>
      )}
      <p className="sr" role="status">
        {said}
      </p>
    </div>
  );
}
