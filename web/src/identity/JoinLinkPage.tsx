import { UseJoinLinkDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import { LinkPage } from "./LinkPage.tsx";
import { useText } from "./text.ts";

const use = (token: string) => send(UseJoinLinkDocument, { token }).then((answer) => answer.useJoinLink.goTo);

export default function JoinLinkPage() {
  const { t } = useText();
  return <LinkPage title={t("link.joinTitle")} use={use} />;
}
