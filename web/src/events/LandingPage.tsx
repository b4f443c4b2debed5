import { useEffect, useState } from "react";
import { useParams } from "wouter";
import { LandingDocument, type LandingQuery } from "../gql/graphql.ts";
import { SkeletonCard, TimeZonePicker } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";

export default function LandingPage() {
  const { slug } = useParams<{ slug: string }>();
  const { t } = useText();
  const [landing, setLanding] = useState<LandingQuery>();
  useEffect(() => {
    void send(LandingDocument, { slug }).then(setLanding);
  }, [slug]);
  if (!landing?.event) return <SkeletonCard />;
  return (
    <main id="main">
      {t("loading")} {landing.event.name} <TimeZonePicker at={new Date(landing.event.startsAt)} />
    </main>
  );
}
