import { useCallback, useEffect, useState } from "react";
import { ModerationLogDocument, type ModerationLogQuery } from "../gql/graphql.ts";
import { Button, Empty } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { formatMoment } from "../platform/time/format.ts";
import { useText } from "./text.ts";

const PAGE = 100;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Who did what about whom, when and why, newest first. */
export function AuditLog({ event }: { event: string }) {
  const { t } = useText();
  const [lines, setLines] = useState<ModerationLogQuery["moderationLog"]>();
  const [more, setMore] = useState(false);
  const read = useCallback(
    (before?: string) =>
      send(ModerationLogDocument, { event, before: before ?? null }).then(
        ({ moderationLog }) => {
          setLines((known = []) => (before ? [...known, ...moderationLog] : moderationLog));
          setMore(moderationLog.length === PAGE);
        },
        () => setLines((known = []) => known),
      ),
    [event],
  );
  useEffect(() => void read(), [read]);
  if (!lines) return <div aria-busy="true" />;
  if (lines.length === 0) return <Empty icon="doc" title={t("logEmpty")} />;
  return (
    <>
      <ol className="mlist" aria-label={t("log")}>
        {lines.map((line) => (
          <li key={line.id} className="mrow">
            <div className="grow">
              <p>{t(`logOf.${line.kind}`, { by: line.byName, about: line.aboutName })}</p>
              <p className="small muted">
                <time dateTime={new Date(line.at).toISOString()}>{formatMoment(line.at, zone)}</time>
                {line.reason && ` · ${line.reason}`}
              </p>
              {line.detail && (
                <p className="tiny muted" dir="auto">
                  {line.detail}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
      {more && (
        <Button variant="line" onClick={() => void read(lines.at(-1)?.id)}>
          {t("older")}
        </Button>
      )}
    </>
  );
}
