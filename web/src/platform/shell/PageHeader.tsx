import { useQuery } from "urql";
import { Link, useLocation } from "wouter";
import { ShellDocument } from "../../gql/graphql.ts";
import { Avatar } from "../components/Avatar.tsx";
import { ButtonLink } from "../components/Button.tsx";
import { usePlatformText } from "../text.ts";
import { Wordmark } from "./Message.tsx";

/** The bar over Plenary's own pages: home, organizing, and who is signed in. */
export function PageHeader() {
  const { t } = usePlatformText();
  const [path] = useLocation();
  const [{ data }] = useQuery({ query: ShellDocument, variables: {} });
  const viewer = data?.viewer;
  return (
    <>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <header className="topbar wrap-page page-top">
        <Wordmark />
        <span className="grow" />
        {viewer && viewer.memberships.length > 0 && (
          <ButtonLink href="/organize" variant="ghost" size="sm">
            {t("menu.organize")}
          </ButtonLink>
        )}
        {viewer && (
          <Link href="/account" className="me">
            <Avatar name={viewer.name} photoUrl={data.myProfile?.picture ?? null} />
            <span className="sr">
              {t("menu.account")}: {viewer.name}
            </span>
          </Link>
        )}
        {data && !viewer && path !== "/sign-in" && (
          <ButtonLink href="/sign-in" variant="ghost" size="sm">
            {t("menu.signIn")}
          </ButtonLink>
        )}
      </header>
    </>
  );
}
