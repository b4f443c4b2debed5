import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { type ContactPartsFragment, DisconnectDocument, ShareContactDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { FormError, TextField } from "../platform/components/Field.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { useText } from "./text.ts";

interface ContactExchangeProps {
  event: { id: string; slug: string };
  person: { id: string; name: string };
  contact: ContactPartsFragment;
}

/** What two who are connected give each other: both see something once both give something. */
export function ContactExchange({ event, person, contact }: ContactExchangeProps) {
  const { t } = useText();
  const toast = useToast();
  const [{ fetching }, share] = useMutation(ShareContactDocument);
  const [leaving, disconnect] = useMutation(DisconnectDocument);
  const [refusal, setRefusal] = useState<Refusal>();
  const { mine, theirs } = contact;
  const shares = mine.email || mine.link;
  const given = theirs.email || theirs.link;

  const save = async (email: boolean, link: string) => {
    const { error } = await share({ event: event.id, person: person.id, email, link });
    setRefusal(error && refusalOf(error));
    if (!error) toast({ text: t("contact.saved") });
  };
  const submit = (form: FormEvent<HTMLFormElement>) => {
    form.preventDefault();
    const fields = new FormData(form.currentTarget);
    void save(fields.get("email") === "on", String(fields.get("link")));
  };
  const end = async () => {
    const { error } = await disconnect({ event: event.id, person: person.id });
    toast(error ? { text: refusalOf(error).message, icon: "warn" } : { text: t("connect.ended") });
  };

  return (
    <section className="card contact" aria-labelledby="contact-title">
      <h3 className="label" id="contact-title">
        {given ? t("contact.theirs", person) : t("contact.title")}
      </h3>
      {given && (
        <div className="stack">
          {theirs.email && (
            <a className="link trunc" href={`mailto:${theirs.email}`}>
              {theirs.email}
            </a>
          )}
          {theirs.link && (
            <a className="link trunc" href={theirs.link} target="_blank" rel="noopener noreferrer nofollow">
              {theirs.link.replace(/^https?:\/\//, "").replace(/\/$/, "")}
            </a>
          )}
          <a className="btn line sm" href={`/e/${event.slug}/contacts/${person.id}.vcf`} download>
            <Icon name="dl" size="sm" />
            {t("contact.vcard")}
          </a>
        </div>
      )}
      <p className="small muted">
        {shares && !given ? t("contact.waiting", person) : shares ? t("contact.mine") : t("contact.text", person)}
      </p>
      <form className="stack" onSubmit={submit} key={`${mine.email} ${mine.link}`}>
        <label className="check">
          <input type="checkbox" name="email" defaultChecked={!!mine.email} />
          <span>{t("contact.email")}</span>
        </label>
        <TextField
          label={t("contact.link")}
          hint={t("contact.linkHint")}
          name="link"
          inputMode="url"
          autoComplete="url"
          maxLength={300}
          defaultValue={mine.link ?? ""}
          error={refusal?.field === "link" ? refusal.message : undefined}
        />
        {refusal && refusal.field !== "link" && <FormError>{refusal.message}</FormError>}
        <div className="row wrap">
          <Button variant="line" size="sm" type="submit" pending={fetching}>
            {shares ? t("contact.save") : t("contact.share")}
          </Button>
          {shares && (
            <Button variant="ghost" size="sm" onClick={() => void save(false, "")}>
              {t("contact.stop")}
            </Button>
          )}
          <Button variant="ghost" size="sm" className="muted" pending={leaving.fetching} onClick={() => void end()}>
            {t("connect.end")}
          </Button>
        </div>
      </form>
    </section>
  );
}
