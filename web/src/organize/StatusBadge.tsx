import type { EventStatus } from "../gql/graphql.ts";
import { Badge } from "../platform/components/index.ts";
import { useOrganizeText } from "./text.ts";

/** Where an event is in its life: a glyph and a word. */
export function StatusBadge({ status }: { status: EventStatus }) {
  const { t } = useOrganizeText();
  const word = t(`status.${status}`);
  if (status === "PUBLISHED")
    return (
      <Badge tone="success" icon="globe">
        {word}
      </Badge>
    );
  if (status === "DRAFT")
    return (
      <Badge tone="outline" icon="edit">
        {word}
      </Badge>
    );
  return <Badge icon={status === "ENDED" ? "check" : "ban"}>{word}</Badge>;
}
