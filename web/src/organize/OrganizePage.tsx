import { type FormEvent, useEffect, useState } from "react";
import { useQuery } from "urql";
import { useLocation } from "wouter";
import { CreateOrganizationDocument, OrganizeDocument, type OrganizeQuery } from "../gql/graphql.ts";
import { Button, ButtonLink, Dialog, Empty, Icon, Skeleton, TextField } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { PageHeader } from "../platform/shell/PageHeader.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { OrganizationSection } from "./OrganizationSection.tsx";
import { useOrganizeText } from "./text.ts";
import { useAction } from "./useAction.ts";
import "./organize.css";

export type Membership = NonNullable<OrganizeQuery["viewer"]>["memberships"][number];

/** Where an organizer arrives: the organizations they belong to, their events, and who else is there. */
export default function OrganizePage() {
  const { t } = useOrganizeText();
  const [, navigate] = useLocation();
  const [{ data, error }, ask] = useQuery({ query: OrganizeDocument });
  const [adding, setAdding] = useState(false);
  useTitle(t("home.title"));

  useEffect(() => {
    if (data && !data.viewer) navigate("/sign-in?returnTo=/organize", { replace: true });
  }, [data, navigate]);

  const viewer = data?.viewer;
  return (
    <>
      <PageHeader />
      <main id="main" className="wrap-page organize">
        <div className="headrow">
          <h1 className="h1">{t("home.title")}</h1>
          {viewer && viewer.memberships.length > 0 && (
            <ButtonLink href="/organize/new" variant="primary" size="lg">
              <Icon name="plus" />
              {t("home.newEvent")}
            </ButtonLink>
          )}
        </div>
        {error && !data ? (
          <div className="card">
            <Empty
              icon="warn"
              title={t("failed")}
              action={
                <Button variant="line" onClick={() => ask({ requestPolicy: "network-only" })}>
                  {t("tryAgain")}
                </Button>
              }
            >
              {refusalOf(error).message}
            </Empty>
          </div>
        ) : !viewer ? (
          <HomeSkeleton />
        ) : viewer.memberships.length === 0 ? (
          <div className="card first-organization">
            <Empty icon="people" title={t("home.noOrganization.title")}>
              {t("home.noOrganization.text")}
            </Empty>
            <OrganizationForm />
          </div>
        ) : (
          <>
            {viewer.memberships.map((membership) => (
              <OrganizationSection key={membership.organization.id} membership={membership} viewerId={viewer.id} />
            ))}
            <Button variant="ghost" size="sm" onClick={() => setAdding(true)}>
              <Icon name="plus" size="sm" />
              {t("home.addOrganization")}
            </Button>
          </>
        )}
      </main>
      <Dialog open={adding} onClose={() => setAdding(false)} title={t("home.addOrganization")}>
        <p className="muted dialog-lead">{t("home.addOrganizationText")}</p>
        <OrganizationForm onMade={() => setAdding(false)} />
      </Dialog>
    </>
  );
}

function OrganizationForm({ onMade }: { onMade?: () => void }) {
  const { t } = useOrganizeText();
  const [name, setName] = useState("");
  const [missing, setMissing] = useState(false);
  const create = useAction(CreateOrganizationDocument, "Viewer");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(!name.trim());
    if (!name.trim() || create.pending) return;
    if (await create.run({ name: name.trim() })) onMade?.();
  };

  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={t("home.organizationName")}
        placeholder={t("home.organizationPlaceholder")}
        value={name}
        maxLength={120}
        autoComplete="organization"
        error={missing && !name.trim() ? t("errors.organizationMissing") : create.refusal?.message}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" variant="primary" pending={create.pending}>
        {t("home.createOrganization")}
      </Button>
    </form>
  );
}

function HomeSkeleton() {
  return (
    <div className="organization" aria-hidden="true">
      <div className="stack">
        <Skeleton width="32%" height={24} />
        <Skeleton height={190} />
        <Skeleton height={190} />
      </div>
      <div className="stack">
        <Skeleton width="50%" height={20} />
        <Skeleton height={44} />
        <Skeleton height={44} />
      </div>
    </div>
  );
}
