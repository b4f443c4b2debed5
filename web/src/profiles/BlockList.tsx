import { useMutation, useQuery } from "urql";
import { MyBlocksDocument, UnblockPersonDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { Skeleton } from "../platform/components/States.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { locale } from "../platform/i18n/i18n.ts";
import { useText } from "./text.ts";
import { CHANGES_BLOCKS } from "./useBlocked.ts";

/** Whom the viewer blocks, and taking it back. */
export function BlockList() {
  const { t } = useText();
  const toast = useToast();
  const [{ data, error }] = useQuery({
    query: MyBlocksDocument,
    requestPolicy: "cache-and-network",
    context: CHANGES_BLOCKS,
  });
  const [{ fetching }, unblock] = useMutation(UnblockPersonDocument);
  const free = async (person: string, name: string) => {
    const { error: failure } = await unblock({ person }, CHANGES_BLOCKS);
    toast(failure ? { text: refusalOf(failure).message, icon: "warn" } : { text: t("blocks.done", { name }) });
  };
  return (
    <section className="card blocks" aria-labelledby="blocks">
      <h2 className="h3" id="blocks">
        {t("blocks.title")}
      </h2>
      <p className="muted">{t("blocks.text")}</p>
      {error && <FormError>{refusalOf(error).message}</FormError>}
      {!data && !error && <Skeleton width="40%" />}
      {data?.myBlocks.length === 0 && <p className="small">{t("blocks.none")}</p>}
      {data && data.myBlocks.length > 0 && (
        <ul className="rows">
          {data.myBlocks.map(({ person, name, since }) => (
            <li key={person}>
              <span>
                <b className="strong">{name}</b>{" "}
                <span className="small muted">
                  {t("blocks.since", {
                    date: new Date(since).toLocaleDateString(locale(), { dateStyle: "medium" }),
                  })}
                </span>
              </span>
              <Button
                variant="line"
                size="sm"
                disabled={fetching}
                aria-label={t("blocks.unblockNamed", { name })}
                onClick={() => void free(person, name)}
              >
                {t("blocks.unblock")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
