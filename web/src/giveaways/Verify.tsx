import { useState } from "react";
import { type GiveawayPartsFragment, GiveawayTagsDocument } from "../gql/graphql.ts";
import { Button, FormError, Icon } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { type Verified, verify } from "./draw.ts";
import { useText } from "./text.ts";

/** What is published of a giveaway, and the button with which this browser repeats the draw. */
export function Verify({ event, giveaway }: { event: string; giveaway: GiveawayPartsFragment }) {
  const { t } = useText();
  const [found, setFound] = useState<Verified>();
  const [wrong, setWrong] = useState<string>();
  const [pending, setPending] = useState(false);
  const { seed, listHash, commitment, turns } = giveaway;
  const check = async () => {
    if (!seed || !listHash) return;
    setPending(true);
    try {
      const answer = await send(GiveawayTagsDocument, { event });
      const tags = answer.giveaways.find(({ id }) => id === giveaway.id)?.tags ?? [];
      setFound(await verify({ commitment, seed, listHash, tags, drawn: turns.map(({ place }) => place) }));
      setWrong(undefined);
    } catch (error) {
      setWrong(refusalOf(error).message);
    }
    setPending(false);
  };
  return (
    <details className="giveaway-proof">
      <summary>{t("proof")}</summary>
      <dl>
        <dt>{t("commitment")}</dt>
        <dd>
          <code>{commitment}</code>
        </dd>
        {listHash && (
          <>
            <dt>{t("listHash", { count: giveaway.entrants })}</dt>
            <dd>
              <code>{listHash}</code>
            </dd>
          </>
        )}
        {seed && (
          <>
            <dt>{t("seed")}</dt>
            <dd>
              <code>{seed}</code>
            </dd>
          </>
        )}
      </dl>
      {seed ? (
        <>
          <Button variant="line" size="sm" pending={pending} onClick={() => void check()}>
            {t("verify")}
          </Button>
          <ul className="small" aria-live="polite">
            {found &&
              (["seed", "list", "draw"] as const).map((part) => (
                <li key={part} className="row">
                  <Icon name={found[part] ? "check" : "warn"} size="sm" />
                  {t(`verified.${part}.${found[part] ? "yes" : "no"}`)}
                </li>
              ))}
          </ul>
          {wrong && <FormError>{wrong}</FormError>}
        </>
      ) : (
        <p className="small muted">{t("later")}</p>
      )}
    </details>
  );
}
