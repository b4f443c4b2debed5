import { type KeyboardEvent, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button, Icon } from "../platform/components/index.ts";
import type { LiveRoom, RoomView } from "./live.ts";
import { useText } from "./text.ts";
import { calledIn, type Person, useMentions } from "./useMentions.ts";
import type { Quote } from "./wire.ts";

/** Longest message the server takes, in characters. */
export const MESSAGE_LIMIT = 2_000;

/** What is being written, when it is not simply a new message. */
export type Composing = { reply: Quote; edit?: never } | { edit: number; reply?: never };

interface ComposerProps {
  draft: string;
  onDraft: (draft: string) => void;
  onSay: (text: string, mentions: string[]) => void;
  live: LiveRoom;
  view: RoomView;
  composing: Composing | undefined;
  onStop: () => void;
  /** Who reads along, when it is not the whole room. */
  to?: "crew" | undefined;
}

/** One line to the room. What is too long stays in the field, with the reason; typing @ suggests people. */
export function Composer({ draft, onDraft, onSay, live, view, composing, onStop, to }: ComposerProps) {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState<Person[]>([]);
  const [at, setAt] = useState(0);
  const { token, people, close } = useMentions(draft, caret, live, view);
  const marked = Math.min(at, people.length - 1);
  const over = draft.trim().length - MESSAGE_LIMIT;
  const say = () => {
    const text = draft.trim();
    if (!text || over > 0) return;
    onSay(text, calledIn(text, chosen));
    onDraft("");
    setChosen([]);
  };
  const choose = (person: Person) => {
    if (token === undefined) return;
    const before = `${draft.slice(0, caret - token.length - 1)}@${person.name} `;
    // At once: what is typed on goes after the name.
    flushSync(() => {
      onDraft(before + draft.slice(caret));
      setChosen((others) => [...others, person]);
      setAt(0);
      setCaret(before.length);
    });
    field.current?.setSelectionRange(before.length, before.length);
  };
  const press = (event: KeyboardEvent) => {
    const suggested = people[marked];
    if (event.key === "Escape" && (suggested || composing)) {
      if (suggested) close();
      else onStop();
    } else if (!suggested) return;
    else if (event.key === "ArrowDown") setAt((marked + 1) % people.length);
    else if (event.key === "ArrowUp") setAt((marked + people.length - 1) % people.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(suggested);
    else return;
    event.preventDefault();
  };
  return (
    <form
      className="say"
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      {over > 0 && (
        <p className="tiny say-error" id="composer-error" role="alert">
          <Icon name="warn" size="sm" />
          {t("chat.tooLong", { over, limit: MESSAGE_LIMIT })}
        </p>
      )}
      {composing && (
        <div className="composing tiny" data-testid="composing">
          <Icon name={composing.reply ? "reply" : "edit"} size="sm" />
          <span className="trunc" role="status">
            {composing.reply
              ? t("chat.replyingTo", { name: composing.reply.name, text: composing.reply.text ?? "" })
              : t("chat.editing")}
          </span>
          <Button variant="ghost" size="sm" icon aria-label={t("chat.stopComposing")} onClick={onStop}>
            <Icon name="x" size="sm" />
          </Button>
        </div>
      )}
      {people.length > 0 && (
        <div className="mention-list" id={list} role="listbox" aria-label={t("chat.mentionWhom")}>
          {people.map((person, index) => (
            <div
              key={person.id}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === marked}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(person);
              }}
            >
              {person.name}
            </div>
          ))}
        </div>
      )}
      <div className="composer">
        <input
          ref={field}
          id="composer"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={people.length > 0}
          aria-controls={people.length > 0 ? list : undefined}
          aria-activedescendant={people.length > 0 ? `${list}-${marked}` : undefined}
          aria-label={to === "crew" ? t("chat.crewField") : t("chat.field")}
          placeholder={to === "crew" ? t("chat.crewField") : t("chat.placeholder")}
          autoComplete="off"
          enterKeyHint="send"
          value={draft}
          aria-invalid={over > 0 || undefined}
          aria-describedby={over > 0 ? "composer-error" : undefined}
          onChange={(event) => {
            onDraft(event.target.value);
            setCaret(event.target.selectionStart ?? event.target.value.length);
            setAt(0);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onKeyDown={press}
        />
        <Button
          type="submit"
          variant="primary"
          size="sm"
          icon
          aria-label={composing?.edit ? t("chat.save") : t("chat.send")}
        >
          <Icon name={composing?.edit ? "check" : "send"} size="sm" />
        </Button>
      </div>
    </form>
  );
}
