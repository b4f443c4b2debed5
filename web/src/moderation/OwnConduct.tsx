import { useQuery } from "urql";
import { ModerationPageDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/index.ts";
import { useNow } from "../rooms/time.ts";
import { AppealButton, useConduct, Words } from "./conduct.tsx";
import { useText } from "./text.ts";
import "./moderation.css";

/** For whoever may not come in: what a moderator decided, until when, why, and what they can say about it. */
export default function OwnConduct({ slug }: { slug: string }) {
  const { t } = useText();
  const [{ data }] = useQuery({ query: ModerationPageDocument, variables: { slug } });
  const { mine, refresh } = useConduct(data?.viewer ? data.event?.id : undefined);
  const now = useNow();
  const out = mine.filter(({ kind }) => kind !== "MUTE");
  const over = out.length > 0 && out.every(({ until }) => until && until <= now);
  if (out.length === 0) return null;
  return (
    <section className="stack own-out" aria-label={t("own.title")}>
      {out.map((restriction) => (
        <div className="stack" key={restriction.id}>
          <Words restriction={restriction} />
          <AppealButton restriction={restriction} onDone={refresh} />
        </div>
      ))}
      {over && (
        <Button variant="primary" onClick={() => location.reload()}>
          {t("own.back")}
        </Button>
      )}
    </section>
  );
}
