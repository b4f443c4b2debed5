import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { type AccountViewerFragment, UpdateProfileDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { FormError, TextField } from "../platform/components/Field.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { useText } from "./text.ts";

export function ProfileCard({ viewer }: { viewer: AccountViewerFragment }) {
  const { t } = useText();
  const toast = useToast();
  const [{ fetching }, update] = useMutation(UpdateProfileDocument);
  const [refusal, setRefusal] = useState<Refusal>();

  async function submit(form: FormEvent<HTMLFormElement>) {
    form.preventDefault();
    const fields = new FormData(form.currentTarget);
    const { error } = await update({ name: String(fields.get("name")), headline: String(fields.get("headline")) });
    setRefusal(error && refusalOf(error));
    if (!error) toast({ text: t("account.saved") });
  }

  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  return (
    <section className="card" aria-labelledby="profile">
      <h2 className="h3" id="profile">
        {t("account.profile")}
      </h2>
      <form className="stack" onSubmit={(form) => void submit(form)}>
        <TextField
          label={t("account.name")}
          name="name"
          autoComplete="name"
          required
          defaultValue={viewer.name}
          error={errorOf("name")}
        />
        <TextField
          label={t("account.headline")}
          hint={t("account.headlineHint")}
          name="headline"
          defaultValue={viewer.headline}
          error={errorOf("headline")}
        />
        <TextField label={t("account.email")} name="email" type="email" readOnly defaultValue={viewer.email} />
        {refusal && refusal.field !== "name" && refusal.field !== "headline" && (
          <FormError>{refusal.message}</FormError>
        )}
        <Button variant="primary" type="submit" pending={fetching}>
          {t("account.save")}
        </Button>
      </form>
    </section>
  );
}
