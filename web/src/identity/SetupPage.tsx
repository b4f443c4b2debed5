import { type FormEvent, useState } from "react";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { ClaimInstallationDocument, SignInOptionsDocument } from "../gql/graphql.ts";
import { Button, ButtonLink } from "../platform/components/Button.tsx";
import { FormError, TextField } from "../platform/components/Field.tsx";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { useTitle } from "../platform/shell/title.ts";
import { usePlatformText } from "../platform/text.ts";
import { enter } from "./goTo.ts";
import { IdentityFrame } from "./IdentityFrame.tsx";
import { useText } from "./text.ts";

const fields = ["name", "email", "organization"] as const;

/** The one-time link of an empty installation: its first visitor becomes the owner. */
export default function SetupPage() {
  const { t } = useText();
  const platform = usePlatformText();
  const { token } = useParams<{ token: string }>();
  const [{ data }] = useQuery({ query: SignInOptionsDocument, variables: {} });
  const [refusal, setRefusal] = useState<Refusal>();
  const [pending, setPending] = useState(false);
  useTitle(t("setup.title"));

  async function submit(form: FormEvent<HTMLFormElement>) {
    form.preventDefault();
    const data = new FormData(form.currentTarget);
    const value = (field: (typeof fields)[number]) => String(data.get(field)).trim();
    const missing = fields.find((field) => !value(field));
    if (missing) return setRefusal({ code: "invalid-input", field: missing, message: t("setup.missing") });
    setPending(true);
    setRefusal(undefined);
    try {
      const person = { name: value("name"), email: value("email"), organization: value("organization") };
      await send(ClaimInstallationDocument, { token, ...person });
      enter("/organize/new");
    } catch (error) {
      setRefusal(refusalOf(error));
      setPending(false);
    }
  }

  if (data?.installation.claimed && !pending)
    return (
      <IdentityFrame title={t("setup.claimed.title")} text={t("setup.claimed.text")}>
        <ButtonLink href="/sign-in" variant="primary" size="lg" block>
          {platform.t("menu.signIn")}
        </ButtonLink>
      </IdentityFrame>
    );
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  return (
    <IdentityFrame title={t("setup.title")} text={t("setup.text")}>
      <form className="stack" noValidate onSubmit={(form) => void submit(form)}>
        <TextField label={t("setup.name")} name="name" autoComplete="name" required error={errorOf("name")} />
        <TextField
          label={t("setup.email")}
          name="email"
          type="email"
          autoComplete="email"
          required
          error={errorOf("email")}
        />
        <TextField
          label={t("setup.organization")}
          hint={t("setup.organizationHint")}
          name="organization"
          autoComplete="organization"
          required
          error={errorOf("organization")}
        />
        {refusal && !fields.some((field) => field === refusal.field) && <FormError>{refusal.message}</FormError>}
        <Button variant="primary" size="lg" block type="submit" pending={pending}>
          {t("setup.claim")}
        </Button>
      </form>
    </IdentityFrame>
  );
}
