import { useState } from "react";
import { useQuery } from "urql";
import { useSearchParams } from "wouter";
import { SignInOptionsDocument } from "../gql/graphql.ts";
import { Button, ButtonLink } from "../platform/components/Button.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { useTitle } from "../platform/shell/title.ts";
import { enter, pathHere } from "./goTo.ts";
import { IdentityFrame } from "./IdentityFrame.tsx";
import { LinkSent } from "./LinkSent.tsx";
import { passkeysWork, signInWithPasskey } from "./passkeys.ts";
import { SignInForm } from "./SignInForm.tsx";
import { useText } from "./text.ts";

export default function SignInPage() {
  const { t } = useText();
  const [search] = useSearchParams();
  const returnTo = pathHere(search.get("returnTo"));
  const [{ data }] = useQuery({ query: SignInOptionsDocument, variables: {} });
  const [sentTo, setSentTo] = useState<string>();
  const [error, setError] = useState<string>();
  const [pending, setPending] = useState(false);
  useTitle(sentTo ? t("sent.title") : t("signIn.title"));

  async function passkey() {
    setPending(true);
    setError(undefined);
    try {
      const goTo = await signInWithPasskey();
      if (goTo) return enter(returnTo === "/" ? goTo : returnTo);
      setError(t("signIn.noPasskey"));
    } catch (failure) {
      setError(refusalOf(failure).message);
    }
    setPending(false);
  }

  const viewer = data?.viewer?.scope === "ACCOUNT" ? data.viewer : undefined;
  return (
    <IdentityFrame title={sentTo ? t("sent.title") : t("signIn.title")} text={sentTo ? undefined : t("signIn.text")}>
      {sentTo ? (
        <LinkSent email={sentTo} mailbox={data?.installation.mailbox ?? false} onOther={() => setSentTo(undefined)} />
      ) : (
        <>
          {viewer && (
            <p className="row wrap between signed">
              {t("signIn.already", { name: viewer.name })}
              <ButtonLink href={returnTo} variant="line" size="sm">
                {t("signIn.goOn")}
              </ButtonLink>
            </p>
          )}
          <SignInForm returnTo={returnTo} label={t("signIn.send")} onSent={setSentTo} />
          {passkeysWork() && (
            <>
              <p className="or">{t("signIn.or")}</p>
              <Button variant="line" size="lg" block pending={pending} onClick={() => void passkey()}>
                <Icon name="lock" size="sm" />
                {t("signIn.passkey")}
              </Button>
            </>
          )}
          {error && <FormError>{error}</FormError>}
          {data?.installation.demo && (
            <a className="btn ghost block" href="/demo">
              {t("signIn.demo")}
            </a>
          )}
        </>
      )}
    </IdentityFrame>
  );
}
