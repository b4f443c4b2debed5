import { type FormEvent, useEffect, useState } from "react";
import { useMutation, useQuery } from "urql";
import { Link, useParams } from "wouter";
import {
  EventProfilePageDocument,
  ProfileAtEventDocument,
  type ProfileAtEventQuery,
  SaveEventProfileDocument,
  type Visibility,
} from "../gql/graphql.ts";
import { enter } from "../identity/goTo.ts";
import { Button, ButtonLink } from "../platform/components/Button.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { Empty, SkeletonCard } from "../platform/components/States.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { brand } from "../platform/design/brand.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { PageHeader } from "../platform/shell/PageHeader.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { CardPreview } from "./CardPreview.tsx";
import { type DraftHere, draftHereOf, draftOf, seenHere } from "./draft.ts";
import { HereField } from "./HereField.tsx";
import { useText } from "./text.ts";
import { VisibilityField } from "./VisibilityField.tsx";
import "./profiles.css";

/** What a person says differently at one event, and who finds them there. */
export default function EventProfilePage() {
  const { t } = useText();
  const { slug = "" } = useParams<{ slug: string }>();
  const [{ data, error }] = useQuery({ query: EventProfilePageDocument, variables: { slug } });
  const event = data?.event;
  const name = event?.name ?? "";
  useTitle(event ? t("event.title", { event: name }) : t("title"));
  const stranger = data !== undefined && data.viewer === null;
  useEffect(() => {
    if (stranger) enter(`/sign-in?returnTo=/e/${slug}/profile`);
  }, [stranger, slug]);
  const [{ data: mine, error: failure }] = useQuery({
    query: ProfileAtEventDocument,
    variables: { event: event?.id ?? "" },
    pause: !event || stranger,
  });
  const profile = mine?.myProfile;
  const problem = error ?? failure;
  return (
    <div className="profile" {...brand(event?.accent)}>
      <PageHeader />
      <main id="main" className="wrap-page">
        <div className="profile-head">
          {event && (
            <Link className="link small" href={`/e/${slug}`}>
              {name}
            </Link>
          )}
          <h1 className="h1">{event ? t("event.title", { event: name }) : t("title")}</h1>
          <p className="muted">{t("event.text")}</p>
        </div>
        {problem && <FormError>{refusalOf(problem).message}</FormError>}
        {!problem && !profile && (!data || event) && <SkeletonCard lines={8} />}
        {((data && !event) || (profile && !profile.at)) && (
          <Empty
            icon="people"
            title={t("event.not")}
            action={
              <ButtonLink href={`/e/${slug}`} variant="primary">
                {name || slug}
              </ButtonLink>
            }
          >
            {t("event.notText")}
          </Empty>
        )}
        {profile?.at && <Editor profile={profile} at={profile.at} key={profile.at.event} />}
      </main>
    </div>
  );
}

type Mine = NonNullable<ProfileAtEventQuery["myProfile"]>;

function Editor({ profile, at }: { profile: Mine; at: NonNullable<Mine["at"]> }) {
  const { t } = useText();
  const toast = useToast();
  const [draft, setDraft] = useState(() => draftHereOf(at));
  const [{ fetching }, save] = useMutation(SaveEventProfileDocument);
  const [refusal, setRefusal] = useState<Refusal>();
  const set = (change: Partial<DraftHere>) => setDraft((known) => ({ ...known, ...change }));
  const own = draftOf(profile);

  const keep = async (words: DraftHere, visibility: Visibility | undefined, said: string) => {
    const { error } = await save({ input: { event: at.event, ...words, visibility: visibility ?? null } });
    setRefusal(error && refusalOf(error));
    if (!error) toast({ text: said });
  };
  const submit = (form: FormEvent) => {
    form.preventDefault();
    void keep(draft, at.visibility ?? undefined, t("saved"));
  };
  // Only who finds you changes at once; words that are still being written stay where they are.
  const show = (visibility: Visibility | undefined) =>
    void keep(
      draftHereOf(at),
      visibility,
      t("visibility.saved", { choice: visibility ? t(`visibility.${visibility}`) : t("visibility.usual") }),
    );

  return (
    <div className="profile-columns">
      <div className="profile-main">
        <form className="profile-form card" onSubmit={submit} noValidate>
          {(["headline", "about", "looksFor", "offers"] as const).map((name) => (
            <HereField
              name={name}
              usual={own[name]}
              here={draft[name]}
              error={refusal?.field === name ? refusal.message : undefined}
              onChange={(value) => set({ [name]: value })}
              key={name}
            />
          ))}
          {refusal && !refusal.field && <FormError>{refusal.message}</FormError>}
          <div className="row wrap">
            <Button variant="primary" type="submit" pending={fetching}>
              {t("save")}
            </Button>
            <ButtonLink href="/account/profile" variant="ghost">
              {t("event.all")}
            </ButtonLink>
          </div>
        </form>
        <section className="card">
          <VisibilityField chosen={at.visibility ?? undefined} usual={profile.visibility} onChoose={show} />
        </section>
      </div>
      <CardPreview
        draft={seenHere(own, draft)}
        picture={at.card.picture}
        introVideo={at.card.introVideo}
        shownTo={at.shownTo}
      />
    </div>
  );
}
