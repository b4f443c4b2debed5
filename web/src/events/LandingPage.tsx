import { useCallback, useEffect, useState } from "react";
import { useParams } from "wouter";
import { LandingDocument, type LandingQuery } from "../gql/graphql.ts";
import { Button, ButtonLink } from "../platform/components/Button.tsx";
import { takeBoot } from "../platform/graph/boot.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { usePlatformText } from "../platform/text.ts";
import { LandingSkeleton } from "./landing/LandingSkeleton.tsx";
import { LandingView } from "./landing/LandingView.tsx";
import "./landing/hero.css";
import "./landing/landing.css";
import { useText } from "./text.ts";

/** An event's public page. The server has usually put the answer into the page already. */
export default function LandingPage() {
  const { slug } = useParams<{ slug: string }>();
  return <Landing key={slug} slug={slug} />;
}

function Landing({ slug }: { slug: string }) {
  const { t } = useText();
  const platform = usePlatformText();
  const [landing, setLanding] = useState<LandingQuery | undefined>(() => bootOf(slug));
  const [failure, setFailure] = useState<Refusal>();

  const load = useCallback(
    () =>
      send(LandingDocument, { slug }).then(
        (answer) => {
          setLanding(answer);
          setFailure(undefined);
        },
        (error: unknown) => setFailure(refusalOf(error)),
      ),
    [slug],
  );
  useEffect(() => {
    if (!landing) void load();
  }, [landing, load]);

  useTitle(landing?.event?.name);
  if (landing?.event) return <LandingView landing={landing} event={landing.event} reload={load} />;
  if (landing || failure?.code === "not-found")
    return (
      <MessagePage title={t("notFound.title")} action={<ButtonLink href="/">{platform.t("goHome")}</ButtonLink>}>
        {t("notFound.text")}
      </MessagePage>
    );
  if (failure)
    return (
      <MessagePage
        title={t("failed.title")}
        action={<Button onClick={() => void load()}>{platform.t("tryAgain")}</Button>}
      >
        {failure.message}
      </MessagePage>
    );
  return <LandingSkeleton />;
}

function bootOf(slug: string): LandingQuery | undefined {
  const boot = takeBoot<LandingQuery>("landing");
  return boot?.event?.slug === slug ? boot : undefined;
}
