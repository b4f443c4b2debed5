import { useState } from "react";
import { CloseCaptionFeedDocument, OpenCaptionFeedDocument } from "../gql/graphql.ts";
import { Button, FormError, TextField, useToast } from "../platform/components/index.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";

/** The address of a captioning service: made, shown once, closed. */
export function CaptionFeed({ room }: { room: string }) {
  const { t } = useText();
  const toast = useToast();
  const [address, setAddress] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const attempt = async (work: () => Promise<void>) => {
    setRefusal(undefined);
    try {
      await work();
    } catch (error) {
      setRefusal(refusalOf(error));
    }
  };
  return (
    <section className="desk-feed" aria-label={t("desk.feed")}>
      <h2 className="strong small">{t("desk.feed")}</h2>
      <p className="tiny muted">{t("desk.feedText")}</p>
      {address && (
        <TextField label={t("desk.feedAddress")} value={address} readOnly onFocus={(event) => event.target.select()} />
      )}
      {refusal && <FormError>{refusal.message}</FormError>}
      <div className="row">
        <Button
          variant="quiet"
          size="sm"
          onClick={() =>
            attempt(async () => {
              const language = document.documentElement.lang || "en";
              setAddress((await send(OpenCaptionFeedDocument, { room, language })).openCaptionFeed);
            })
          }
        >
          {address ? t("desk.feedNew") : t("desk.feedMake")}
        </Button>
        {address && (
          <Button
            variant="quiet"
            size="sm"
            onClick={() =>
              attempt(async () => navigator.clipboard.writeText(address).then(() => toast({ text: t("desk.copied") })))
            }
          >
            {t("desk.copy")}
          </Button>
        )}
        <Button
          variant="ghost"
          size="sm"
          onClick={() =>
            attempt(async () => {
              await send(CloseCaptionFeedDocument, { room });
              setAddress(undefined);
              toast({ text: t("desk.feedClosed") });
            })
          }
        >
          {t("desk.feedClose")}
        </Button>
      </div>
    </section>
  );
}
