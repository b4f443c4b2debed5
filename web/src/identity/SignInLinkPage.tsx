import { UseSignInLinkDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import { LinkPage } from "./LinkPage.tsx";
import { useText } from "./text.ts";

const use = (token: string) => send(UseSignInLinkDocument, { token }).then((answer) => answer.useSignInLink.goTo);

export default function SignInLinkPage() {
  const { t } = useText();
  return <LinkPage title={t("link.title")} use={use} />;
}
