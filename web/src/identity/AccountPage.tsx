import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { AccountDocument, SignOutDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { FormError, SelectField } from "../platform/components/Field.tsx";
import { SkeletonCard } from "../platform/components/States.tsx";
import { chooseTheme, chosenTheme, type Theme } from "../platform/design/theme.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { speak, useLanguage } from "../platform/i18n/i18n.ts";
import { type Language, languages } from "../platform/i18n/language.ts";
import { PageHeader } from "../platform/shell/PageHeader.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { ProfileLink } from "../profiles/ProfileLink.tsx";
import { ClaimHint } from "./ClaimHint.tsx";
import { enter } from "./goTo.ts";
import { PasskeysCard } from "./PasskeysCard.tsx";
import { useText } from "./text.ts";
import "./identity.css";

export default function AccountPage() {
  const { t } = useText();
  useTitle(t("account.title"));
  const [{ data, error }, ask] = useQuery({ query: AccountDocument, variables: {} });
  const stranger = data !== undefined && data.viewer === null;
  useEffect(() => {
    if (stranger) enter("/sign-in?returnTo=/account");
  }, [stranger]);
  const viewer = data?.viewer;
  return (
    <div className="account">
      <PageHeader />
      <main id="main" className="wrap-page">
        <div className="in">
          <h1 className="h1">{t("account.title")}</h1>
          {error && !data && <FormError>{refusalOf(error).message}</FormError>}
          {!viewer && !error && <SkeletonCard />}
          {viewer && (
            <>
              {viewer.scope === "EVENT" && <ClaimHint email={viewer.email} />}
              <ProfileLink />
              {viewer.scope === "ACCOUNT" && (
                <PasskeysCard passkeys={viewer.passkeys} onChange={() => ask({ requestPolicy: "network-only" })} />
              )}
              <LookCard />
              <SignOutButton />
            </>
          )}
        </div>
      </main>
    </div>
  );
}

function LookCard() {
  const { t } = useText();
  const language = useLanguage();
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <section className="card stack">
      <SelectField
        label={t("account.look")}
        value={theme}
        onChange={(event) => {
          const chosen = event.target.value as Theme;
          chooseTheme(chosen);
          setTheme(chosen);
        }}
      >
        {(["system", "light", "dark"] as const).map((name) => (
          <option value={name} key={name}>
            {t(`account.${name}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("account.language")}
        value={language}
        onChange={(event) => void speak(event.target.value as Language)}
      >
        {Object.entries(languages).map(([code, name]) => (
          <option value={code} key={code} lang={code}>
            {name}
          </option>
        ))}
      </SelectField>
    </section>
  );
}

function SignOutButton() {
  const { t } = useText();
  const [error, setError] = useState<string>();
  const signOut = () =>
    send(SignOutDocument, {}).then(
      () => enter("/"),
      (failure: unknown) => setError(refusalOf(failure).message),
    );
  return (
    <div className="stack">
      {error && <FormError>{error}</FormError>}
      <div>
        <Button variant="line" onClick={() => void signOut()}>
          {t("account.signOut")}
        </Button>
      </div>
    </div>
  );
}
