import "../platform/design/components-live.css";
import "./party.css";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { PartyPageDocument } from "../gql/graphql.ts";
import { ButtonLink, Skeleton } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { roomTheme } from "../platform/design/theme.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { EventNotices } from "../rooms/Notices.tsx";
import { PartyInside } from "./PartyInside.tsx";
import { useText } from "./text.ts";

/** A Cocktail Party, from check-in to the summary. */
export default function PartyPage() {
  const { slug, id } = useParams<{ slug: string; id: string }>();
  const { t } = useText();
  const [{ data, error, fetching }] = useQuery({ query: PartyPageDocument, variables: { party: id, slug } });
  useTitle(t("party"), data?.event?.name);
  if (data?.party && data.event && data.viewer) {
    return (
      <Mood accent={data.event.accent}>
        <EventNotices event={data.event} />
        <PartyInside
          key={id}
          party={data.party}
          mine={data.myParty}
          event={data.event}
          viewer={data.viewer}
          mayDirect={data.party.viewerMayDirect}
          ticketGroup={data.party.viewerGroup ?? undefined}
        />
      </Mood>
    );
  }
  if (fetching) {
    return (
      <Mood accent={undefined}>
        <div className="pt" role="status" aria-label={t("loading")}>
          <header className="phead">
            <Skeleton width="220px" />
          </header>
        </div>
      </Mood>
    );
  }
  const stranger = (error && refusalOf(error).code === "sign-in-required") || (data && !data.viewer);
  return (
    <MessagePage
      title={stranger ? t("refused.signIn") : t("refused.title")}
      action={
        <ButtonLink
          href={stranger ? `/sign-in?next=${encodeURIComponent(location.pathname)}` : `/e/${slug}`}
          variant="primary"
        >
          {stranger ? t("refused.toSignIn") : t("refused.action")}
        </ButtonLink>
      }
    >
      {t("refused.text")}
    </MessagePage>
  );
}

/** Warm, and dark unless the visitor likes it light. */
export function Mood({ accent, children }: { accent: string | undefined; children: React.ReactNode }) {
  return (
    <div className="party-page" data-mood="party" data-theme={roomTheme()} {...brand(accent)}>
      {children}
    </div>
  );
}
