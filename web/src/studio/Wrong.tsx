import { useState } from "react";
import { Button, Dialog, Icon } from "../platform/components/index.ts";
import { useText } from "./text.ts";

const TROUBLES = ["sound", "unheard", "picture", "slides", "other"] as const;

/** "Something is wrong": one press tells the crew what, and says what to try meanwhile. */
export function Wrong({ name, onTell }: { name: string; onTell: (text: string) => void }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState<(typeof TROUBLES)[number]>();
  const close = () => {
    setOpen(false);
    setTold(undefined);
  };
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        <Icon name="ask" />
        {t("wrong.title")}
      </Button>
      <Dialog open={open} onClose={close} title={t("wrong.title")} kind="sheet">
        {told ? (
          <div className="stack" role="status">
            <p>
              <b className="strong">{t("wrong.told")}</b> {t(`wrong.try.${told}`)}
            </p>
            <Button variant="primary" onClick={close}>
              {t("wrong.back")}
            </Button>
          </div>
        ) : (
          <div className="stack">
            <p className="muted">{t("wrong.text")}</p>
            {TROUBLES.map((trouble) => (
              <Button
                key={trouble}
                variant="line"
                block
                onClick={() => {
                  onTell(t(`wrong.message.${trouble}`, { name }));
                  setTold(trouble);
                }}
              >
                {t(`wrong.what.${trouble}`)}
              </Button>
            ))}
          </div>
        )}
      </Dialog>
    </>
  );
}
