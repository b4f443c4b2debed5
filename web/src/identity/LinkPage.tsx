import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { SignInOptionsDocument } from "../gql/graphql.ts";
import { Skeleton } from "../platform/components/States.tsx";
import type { Refusal } from "../platform/graph/refusal.ts";
import { useTitle } from "../platform/shell/title.ts";
import { enter } from "./goTo.ts";
import { IdentityFrame } from "./IdentityFrame.tsx";
import { LinkSent } from "./LinkSent.tsx";
import { SignInForm } from "./SignInForm.tsx";
import { spend } from "./spend.ts";
import { useText } from "./text.ts";

interface LinkPageProps {
  title: string;
  use: (token: string) => Promise<string>;
}

/**
 * Where a mailed link arrives. The page posts the token itself: programs that look at links before a person does only
 * read this page, and spend nothing.
 */
export function LinkPage({ title, use }: LinkPageProps) {
  const { token } = useParams<{ token: string }>();
  const [refusal, setRefusal] = useState<Refusal>();
  useEffect(() => {
    let shown = true;
    void spend(token, use).then((outcome) => {
      if (!shown) return;
      if ("goTo" in outcome) enter(outcome.goTo);
      else setRefusal(outcome.refusal);
    });
    return () => {
      shown = false;
    };
  }, [token, use]);
  return refusal ? <LinkFailed refusal={refusal} /> : <Opening title={title} />;
}

function Opening({ title }: { title: string }) {
  const { t } = useText();
  useTitle(title);
  return (
    <IdentityFrame title={title} text={t("link.text")}>
      <Skeleton width="72%" />
      <Skeleton width="48%" />
    </IdentityFrame>
  );
}

function LinkFailed({ refusal }: { refusal: Refusal }) {
  const { t } = useText();
  const [{ data }] = useQuery({ query: SignInOptionsDocument, variables: {} });
  const [sentTo, setSentTo] = useState<string>();
  useTitle(sentTo ? t("sent.title") : t("link.failedTitle"));
  if (sentTo)
    return (
      <IdentityFrame title={t("sent.title")}>
        <LinkSent email={sentTo} mailbox={data?.installation.mailbox ?? false} onOther={() => setSentTo(undefined)} />
      </IdentityFrame>
    );
  return (
    <IdentityFrame title={t("link.failedTitle")} text={refusal.message}>
      <p className="small muted">{t("link.newLinkText")}</p>
      <SignInForm returnTo="/" label={t("link.newLink")} onSent={setSentTo} />
    </IdentityFrame>
  );
}
