import "../platform/design/components-live.css";
import "./messages.css";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { MessagesPageDocument } from "../gql/graphql.ts";
import { ButtonLink } from "../platform/components/Button.tsx";
import { SkeletonCard } from "../platform/components/States.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { Inbox } from "./Inbox.tsx";
import { useText } from "./text.ts";

/** What people of an event write to each other. */
export default function MessagesPage() {
  const { slug } = useParams<{ slug: string }>();
  const [{ data, error, fetching }] = useQuery({ query: MessagesPageDocument, variables: { slug } });
  if (data?.event && data.viewer) return <Inbox event={data.event} viewer={data.viewer} />;
  if (fetching) {
    return (
      <main id="main" className="messages-page loading">
        <SkeletonCard lines={8} />
      </main>
    );
  }
  return <Outside slug={slug} error={error} />;
}

/** For somebody who may not read here (yet). */
export function Outside({ slug, error }: { slug: string; error: unknown }) {
  const { t } = useText();
  const refusal = error ? refusalOf(error) : undefined;
  const outside = !refusal || ["not-found", "sign-in-required"].includes(refusal.code);
  return (
    <MessagePage
      title={outside ? t("notHere") : t("broken")}
      action={
        <ButtonLink href={`/e/${slug}`} variant="primary">
          {t("toEvent")}
        </ButtonLink>
      }
    >
      {outside ? t("notHereText") : refusal?.message}
    </MessagePage>
  );
}
