import { useState } from "react";
import { useParams } from "wouter";
import { StopMessageMailsDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { useText } from "./text.ts";

/** Where the link of a mail leads. Programs that look at links before a person does change nothing. */
export default function StopMailsPage() {
  const { t } = useText();
  const { token } = useParams<{ token: string }>();
  useTitle(t("stop"));
  const [done, setDone] = useState(false);
  const [failure, setFailure] = useState<string>();
  const stop = async () => {
    try {
      await send(StopMessageMailsDocument, { token });
      setDone(true);
    } catch (error) {
      setFailure(refusalOf(error).message);
    }
  };
  if (done) return <MessagePage title={t("stopped")}>{t("stoppedText")}</MessagePage>;
  return (
    <MessagePage
      title={t("stop")}
      action={
        <Button variant="primary" onClick={() => void stop()}>
          {t("stopAction")}
        </Button>
      }
    >
      {t("stopText")}
      {failure && <FormError>{failure}</FormError>}
    </MessagePage>
  );
}
