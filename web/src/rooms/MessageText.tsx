import { piecesOf } from "./chatMessages.ts";
import type { LinkPreview } from "./wire.ts";

/** What was written: links lead out without saying from where, names of those who are called stand out. */
export function MessageText({ text, names }: { text: string; names: readonly string[] }) {
  let at = 0;
  return piecesOf(text, names).map((piece) => {
    const key = at++;
    if ("link" in piece)
      return (
        <a
          key={key}
          href={piece.link}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
          referrerPolicy="no-referrer"
        >
          {piece.link}
        </a>
      );
    return "mention" in piece ? <mark key={key}>{piece.mention}</mark> : <span key={key}>{piece.text}</span>;
  });
}

/** Where a link leads, in words alone: no picture is loaded from there. */
export function Preview({ preview }: { preview: LinkPreview }) {
  return (
    <a
      className="msg-preview"
      href={preview.url}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      referrerPolicy="no-referrer"
    >
      <span className="tiny muted">{preview.site}</span>
      <b className="small">{preview.title}</b>
      {preview.text && <span className="tiny">{preview.text}</span>}
    </a>
  );
}
