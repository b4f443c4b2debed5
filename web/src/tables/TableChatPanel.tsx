import { useEffect, useRef, useState } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import { useTablesText } from "./text.ts";
import type { TableChat } from "./useTableChat.ts";

const LONGEST = 500;

/** What those at the table write to each other. */
export function TableChatPanel({ chat, me, onClose }: { chat: TableChat; me: string; onClose: () => void }) {
  const { t } = useTablesText();
  const [text, setText] = useState("");
  const [failed, setFailed] = useState<string>();
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new line comes into view
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [chat.lines.length]);
  const say = async () => {
    if (!text.trim()) return;
    const refused = await chat.say(text.trim());
    setFailed(refused);
    if (!refused) setText("");
  };
  return (
    <aside className="tchat" aria-label={t("chat.title")} data-testid="table-chat">
      <header className="row">
        <h2 className="h4 grow">{t("chat.title")}</h2>
        <Button variant="ghost" size="sm" icon aria-label={t("chat.close")} onClick={onClose}>
          <Icon name="x" size="sm" />
        </Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div className="tchat-lines" role="log" aria-label={t("chat.title")} tabIndex={0}>
        {chat.lines.length === 0 && <p className="small muted">{t("chat.empty")}</p>}
        {chat.lines.map((line) => (
          <div key={line.id} className={line.person === me ? "mine" : ""}>
            <b className="tiny strong">{line.name}</b>
            <p className="small">{line.text}</p>
          </div>
        ))}
        <div ref={end} aria-hidden="true" />
      </div>
      {failed && (
        <p className="error small" role="alert">
          {failed}
        </p>
      )}
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void say();
        }}
      >
        <input
          className="input grow"
          aria-label={t("chat.write")}
          placeholder={t("chat.write")}
          value={text}
          maxLength={LONGEST}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <Button variant="primary" icon type="submit" aria-label={t("chat.send")}>
          <Icon name="send" size="sm" />
        </Button>
      </form>
    </aside>
  );
}
