import { useQuery } from "urql";
import { ProfilePageDocument } from "../gql/graphql.ts";
import { Avatar } from "../platform/components/Avatar.tsx";
import { ButtonLink } from "../platform/components/Button.tsx";
import { useText } from "./text.ts";

/** Who one is to others, in short, and the way to change it. */
export function ProfileLink() {
  const { t } = useText();
  const [{ data }] = useQuery({ query: ProfilePageDocument, variables: {} });
  const profile = data?.myProfile;
  return (
    <section className="card" aria-labelledby="profile">
      <h2 className="h3" id="profile">
        {t("summary.title")}
      </h2>
      <div className="row">
        <Avatar name={profile?.name ?? ""} photoUrl={profile?.picture ?? null} size="lg" />
        <div className="grow">
          <p className="strong">{profile?.name}</p>
          <p className="small muted">{profile?.headline || t("summary.text")}</p>
          <p className="small muted trunc">{data?.viewer?.email}</p>
        </div>
      </div>
      <ButtonLink href="/account/profile" variant="line">
        {t("summary.edit")}
      </ButtonLink>
    </section>
  );
}
