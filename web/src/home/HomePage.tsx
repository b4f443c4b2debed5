import { useQuery } from "urql";
import { HomeDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { SkeletonCard } from "../platform/components/States.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { PageHeader } from "../platform/shell/PageHeader.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { usePlatformText } from "../platform/text.ts";
import { MyHome } from "./MyHome.tsx";
import { StrangerHome } from "./StrangerHome.tsx";
import { useText } from "./text.ts";
import "./home.css";

/** The start page: what Plenary is for a stranger, what lies ahead for everyone else. */
export default function HomePage() {
  const { t } = useText();
  const platform = usePlatformText();
  const [{ data, error }, ask] = useQuery({ query: HomeDocument, variables: {} });
  useTitle();
  if (data && !data.installation.claimed && !data.viewer)
    return <MessagePage title={t("unclaimed.title")}>{t("unclaimed.text")}</MessagePage>;
  if (error && !data)
    return (
      <MessagePage
        title={t("failed")}
        action={<Button onClick={() => ask({ requestPolicy: "network-only" })}>{platform.t("tryAgain")}</Button>}
      >
        {refusalOf(error).message}
      </MessagePage>
    );
  if (data && !data.viewer) return <StrangerHome demo={data.installation.demo} events={data.publicEvents} />;
  return (
    <div className="home">
      <PageHeader />
      {data?.viewer ? (
        <MyHome viewer={data.viewer} publicEvents={data.publicEvents} />
      ) : (
        <main id="main" className="wrap-page waiting">
          <SkeletonCard lines={6} />
        </main>
      )}
    </div>
  );
}
