import { useId } from "react";
import { useMutation, useQuery } from "urql";
import { ChooseVisibilityDocument, MyPlaceDocument, type Visibility } from "../gql/graphql.ts";
import { Icon } from "../platform/components/Icon.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { useText } from "./text.ts";

const CHOICES = ["OPEN", "MATCHES", "HIDDEN"] as const satisfies readonly Visibility[];

/** Everyone, only matches, nobody: at this event. */
export function WhoCanFindYou({ event }: { event: string }) {
  const { t } = useText();
  const id = useId();
  const toast = useToast();
  const [{ data }] = useQuery({ query: MyPlaceDocument, variables: { event } });
  const [{ fetching }, choose] = useMutation(ChooseVisibilityDocument);
  const shown = data?.myProfile?.at?.shownTo;
  const pick = async (visibility: Visibility) => {
    if (visibility === shown || fetching) return;
    const { error } = await choose({ event, visibility });
    toast(error ? { text: refusalOf(error).message, icon: "warn" } : { text: t("visibility.saved") });
  };
  return (
    <div className="vis">
      <span className="small muted" id={id}>
        {t("visibility.label")}
      </span>
      <div className="seg" role="group" aria-labelledby={id}>
        {CHOICES.map((choice) => (
          <button type="button" aria-pressed={shown === choice} onClick={() => void pick(choice)} key={choice}>
            {shown === choice && choice === "OPEN" && <Icon name="eye" size="sm" />}
            {t(`visibility.${choice}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
