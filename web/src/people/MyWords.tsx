import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { type MyPlaceQuery, SaveMyProfileDocument } from "../gql/graphql.ts";
import { Button, ButtonLink } from "../platform/components/Button.tsx";
import { Dialog } from "../platform/components/Dialog.tsx";
import { FormError, TextAreaField, TextField } from "../platform/components/Field.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { profilePath } from "./paths.ts";
import { tagsOf } from "./tags.ts";
import { useText } from "./text.ts";

interface MyWordsProps {
  /** Of the event, where a way out of this page is welcome; not in a live room. */
  slug?: string;
  mine: NonNullable<MyPlaceQuery["myProfile"]>;
  onClose: () => void;
  onSaved: () => void;
}

/** What the viewer looks for and offers, where they see what it is good for. */
export function MyWords({ slug, mine, onClose, onSaved }: MyWordsProps) {
  const { t } = useText();
  const toast = useToast();
  const [{ fetching }, save] = useMutation(SaveMyProfileDocument);
  const [refusal, setRefusal] = useState<Refusal>();
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  const submit = async (form: FormEvent<HTMLFormElement>) => {
    form.preventDefault();
    const fields = new FormData(form.currentTarget);
    const text = (name: string) => String(fields.get(name));
    const { error } = await save({
      input: {
        headline: text("headline"),
        company: text("company"),
        about: text("about"),
        looksFor: tagsOf(text("looksFor")),
        offers: tagsOf(text("offers")),
        interests: tagsOf(text("interests")),
        languages: tagsOf(text("languages")),
      },
    });
    if (error) return setRefusal(refusalOf(error));
    toast({ text: t("mine.saved") });
    onSaved();
    onClose();
  };
  const list = (name: "looksFor" | "offers" | "interests" | "languages", hint?: string) => (
    <TextField
      label={t(`mine.${name}`)}
      name={name}
      defaultValue={mine[name].join(", ")}
      {...(hint && { hint })}
      error={errorOf(name)}
    />
  );
  const more = slug && (
    <ButtonLink href={profilePath(slug, mine.editable)} variant="ghost">
      {t(mine.editable ? "mine.all" : "mine.here")}
    </ButtonLink>
  );
  return (
    <Dialog open onClose={onClose} title={t("mine.title")} kind="sheet">
      {mine.editable ? (
        <form className="stack" onSubmit={(form) => void submit(form)}>
          {list("looksFor", t("mine.looksForHint"))}
          {list("offers")}
          {list("interests")}
          <TextField
            label={t("mine.headline")}
            name="headline"
            maxLength={160}
            defaultValue={mine.headline}
            error={errorOf("headline")}
          />
          <TextField
            label={t("mine.company")}
            name="company"
            maxLength={80}
            autoComplete="organization"
            defaultValue={mine.company}
            error={errorOf("company")}
          />
          {list("languages", t("mine.languagesHint"))}
          <TextAreaField
            label={t("mine.about")}
            name="about"
            rows={3}
            maxLength={600}
            defaultValue={mine.about}
            error={errorOf("about")}
          />
          {refusal && !refusal.field && <FormError>{refusal.message}</FormError>}
          <div className="row wrap">
            <Button variant="primary" type="submit" pending={fetching}>
              {t("mine.save")}
            </Button>
            {more}
          </div>
        </form>
      ) : (
        <div className="stack">
          <p>{t("mine.elsewhere")}</p>
          {more}
        </div>
      )}
    </Dialog>
  );
}
