import { Button } from "../components/Button.tsx";
import { usePlatformText } from "../text.ts";
import { MessagePage } from "./Message.tsx";

/** A page that failed to draw, or whose chunk could not be fetched. */
export function BrokenPage() {
  const { t } = usePlatformText();
  return (
    <MessagePage
      title={t("broken.title")}
      action={
        <Button variant="primary" onClick={() => location.reload()}>
          {t("tryAgain")}
        </Button>
      }
    >
      {t("broken.text")}
    </MessagePage>
  );
}
