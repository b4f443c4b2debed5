import { type FormEvent, useEffect, useState } from "react";
import { useMutation, useQuery } from "urql";
import { Link } from "wouter";
import { type OwnProfileFragment, ProfilePageDocument, SaveProfileDocument, type Visibility } from "../gql/graphql.ts";
import { enter } from "../identity/goTo.ts";
import { Button, ButtonLink } from "../platform/components/Button.tsx";
import { FormError, TextAreaField, TextField } from "../platform/components/Field.tsx";
import { SkeletonCard } from "../platform/components/States.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { PageHeader } from "../platform/shell/PageHeader.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { BlockList } from "./BlockList.tsx";
import { CardPreview } from "./CardPreview.tsx";
import { type Draft, draftOf, LONGEST_ABOUT, LONGEST_HEADLINE } from "./draft.ts";
import { IntroField } from "./IntroField.tsx";
import { LanguageField } from "./LanguageField.tsx";
import { PictureField } from "./PictureField.tsx";
import { TagField } from "./TagField.tsx";
import { useText } from "./text.ts";
import { VisibilityField } from "./VisibilityField.tsx";
import "./profiles.css";

/** What a person tells of themselves at all events, whom they block, and what it looks like. */
export default function ProfilePage() {
  const { t } = useText();
  useTitle(t("title"));
  const [{ data, error }, ask] = useQuery({ query: ProfilePageDocument, variables: {} });
  const stranger = data !== undefined && data.viewer === null;
  useEffect(() => {
    if (stranger) enter("/sign-in?returnTo=/account/profile");
  }, [stranger]);
  const profile = data?.myProfile;
  return (
    <div className="profile">
      <PageHeader />
      <main id="main" className="wrap-page">
        <div className="profile-head">
          <Link className="link small" href="/account">
            {t("account")}
          </Link>
          <h1 className="h1">{t("title")}</h1>
          <p className="muted">{t("text")}</p>
        </div>
        {error && !data && <FormError>{refusalOf(error).message}</FormError>}
        {!profile && !error && <SkeletonCard lines={8} />}
        {profile && !profile.editable && <Elsewhere />}
        {profile?.editable && (
          <Editor profile={profile} onChanged={() => ask({ requestPolicy: "network-only" })} key={profile.id} />
        )}
        {profile && !profile.editable && <BlockList />}
      </main>
    </div>
  );
}

interface EditorProps {
  profile: OwnProfileFragment;
  onChanged: () => void;
}

function Editor({ profile, onChanged }: EditorProps) {
  const { t } = useText();
  const toast = useToast();
  const [draft, setDraft] = useState(() => draftOf(profile));
  const [{ fetching }, save] = useMutation(SaveProfileDocument);
  const [refusal, setRefusal] = useState<Refusal>();
  const set = (change: Partial<Draft>) => setDraft((known) => ({ ...known, ...change }));
  const errorOf = (field: keyof Draft) => (refusal?.field === field ? refusal.message : undefined);

  const submit = async (form: FormEvent) => {
    form.preventDefault();
    const { data, error } = await save({ input: draft });
    setRefusal(error && refusalOf(error));
    if (!data) return;
    setDraft(draftOf(data.saveProfile));
    toast({ text: t("saved") });
  };
  const show = async (visibility: Visibility | undefined) => {
    const { error } = await save({ input: { visibility: visibility ?? "OPEN" } });
    toast(
      error
        ? { text: refusalOf(error).message, icon: "warn" }
        : { text: t("visibility.saved", { choice: t(`visibility.${visibility ?? "OPEN"}`) }) },
    );
  };

  return (
    <div className="profile-columns">
      <div className="profile-main">
        <form className="profile-form" onSubmit={(form) => void submit(form)} noValidate>
          <section className="card" aria-labelledby="words">
            <h2 className="h3" id="words">
              {t("words")}
            </h2>
            <PictureField name={draft.name} picture={profile.picture} onChanged={onChanged} />
            <TextField
              label={t("name")}
              autoComplete="name"
              required
              maxLength={80}
              value={draft.name}
              error={errorOf("name")}
              onChange={(event) => set({ name: event.target.value })}
            />
            <TextField
              label={t("headline")}
              hint={t("headlineHint")}
              maxLength={LONGEST_HEADLINE}
              value={draft.headline}
              error={errorOf("headline")}
              onChange={(event) => set({ headline: event.target.value })}
            />
            <TextField
              label={t("company")}
              autoComplete="organization"
              maxLength={80}
              value={draft.company}
              error={errorOf("company")}
              onChange={(event) => set({ company: event.target.value })}
            />
            <TextAreaField
              label={t("about")}
              hint={t("aboutHint")}
              rows={4}
              maxLength={LONGEST_ABOUT}
              value={draft.about}
              error={errorOf("about")}
              onChange={(event) => set({ about: event.target.value })}
            />
          </section>
          <section className="card" aria-labelledby="tags">
            <h2 className="h3" id="tags">
              {t("tags")}
            </h2>
            <p className="muted">{t("tagsText")}</p>
            {(["interests", "looksFor", "offers"] as const).map((name) => (
              <TagField
                label={t(name)}
                hint={t(`${name}Hint`)}
                tags={draft[name]}
                error={errorOf(name)}
                onChange={(tags) => set({ [name]: tags })}
                key={name}
              />
            ))}
            <LanguageField
              languages={draft.languages}
              error={errorOf("languages")}
              onChange={(languages) => set({ languages })}
            />
          </section>
          {refusal && !refusal.field && <FormError>{refusal.message}</FormError>}
          <div className="save-bar">
            <Button variant="primary" type="submit" pending={fetching}>
              {t("save")}
            </Button>
          </div>
        </form>
        <IntroField name={draft.name} video={profile.introVideo} onChanged={onChanged} />
        <section className="card">
          <VisibilityField chosen={profile.visibility} onChoose={(visibility) => void show(visibility)} />
        </section>
        <BlockList />
      </div>
      <CardPreview
        draft={draft}
        picture={profile.picture}
        introVideo={profile.introVideo}
        shownTo={profile.visibility}
      />
    </div>
  );
}

/** For those whose link opens one event only. */
function Elsewhere() {
  const { t } = useText();
  return (
    <div className="card">
      <p>{t("elsewhere.text")}</p>
      <ButtonLink href="/sign-in?returnTo=/account/profile" variant="primary">
        {t("elsewhere.signIn")}
      </ButtonLink>
    </div>
  );
}
