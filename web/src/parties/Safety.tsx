import { useState } from "react";
import { ReportDialog } from "../people/index.ts";
import { Button, Dialog, Icon } from "../platform/components/index.ts";
import type { Meeting, ProfileCard } from "./party.ts";
import { useText } from "./text.ts";

/** Report and block, within reach in every call. Neither is told to the other person; who is blocked leaves the call at once. */
export function Safety({ event, meeting }: { event: string; meeting: Meeting }) {
  const { t } = useText();
  const [about, setAbout] = useState<ProfileCard | "whom">();
  const { people } = meeting;
  const close = () => setAbout(undefined);
  return (
    <>
      <button type="button" className="tool" onClick={() => setAbout(people.length > 1 ? "whom" : people[0])}>
        <Icon name="flag" />
        {t("safety.tool")}
      </button>
      {about === "whom" && (
        <Dialog open onClose={close} title={t("safety.who")} kind="sheet">
          <div className="stack">
            {people.map((who) => (
              <Button key={who.person} block onClick={() => setAbout(who)}>
                {who.name}
              </Button>
            ))}
          </div>
        </Dialog>
      )}
      {about && about !== "whom" && (
        <ReportDialog
          event={event}
          person={{ id: about.person, name: about.name }}
          about={{ kind: "party", id: meeting.id }}
          onClose={close}
        />
      )}
    </>
  );
}
