import { ButtonLink } from "../components/Button.tsx";
import { usePlatformText } from "../text.ts";
import { MessagePage } from "./Message.tsx";
import { useTitle } from "./title.ts";

export default function NotFoundPage() {
  const { t } = usePlatformText();
  useTitle(t("notFound.title"));
  return (
    <MessagePage
      title={t("notFound.title")}
      action={
        <ButtonLink href="/" variant="primary">
          {t("goHome")}
        </ButtonLink>
      }
    >
      {t("notFound.text")}
    </MessagePage>
  );
}
