import { Button, Icon } from "../platform/components/index.ts";
import { coverArt } from "../platform/design/art.ts";
import type { IconName } from "../platform/icons/names.ts";
import type { GalleryTemplate } from "./TemplateGalleryPage.tsx";
import { useTemplatesText } from "./text.ts";

const SHOWN_SESSIONS = 7;

/** The drawing that says how a room behaves: by its format when we know it, else by its kind. */
export function roomIcon(room: { kind: string; format: string } | undefined): IconName {
  const format = room?.format ?? "";
  if (/party/i.test(format)) return "party";
  if (/table/i.test(format)) return "table";
  if (/workshop|class/i.test(format)) return "slides";
  if (/ama|question/i.test(format)) return "ask";
  if (/panel|fireside/i.test(format)) return "people";
  if (room?.kind === "LOBBY") return "home";
  return room?.kind === "NETWORKING" ? "people" : "live";
}

interface TemplatePreviewProps {
  template: GalleryTemplate;
  /** False inside a sheet, which has the name as its own title. */
  titled: boolean;
  onUse: () => void;
}

/** What is in a template: its look, its first day and everything it brings. */
export function TemplatePreview({ template, titled, onUse }: TemplatePreviewProps) {
  const { t } = useTemplatesText();
  const dayOne = template.sessions
    .filter((session) => session.day === 0)
    .sort((a, b) => a.start.localeCompare(b.start));
  const hidden = dayOne.length - SHOWN_SESSIONS;
  return (
    <>
      <div className="row between">
        {titled && <h2 className="h3">{template.name}</h2>}
        <span className="badge outline">
          <Icon name="people" />
          {t("audience", { people: template.audience })}
        </span>
      </div>
      <div className="template-cover">
        <img src={coverArt(template.cover)} alt="" width="640" height="360" />
      </div>
      <p className="muted">{template.description}</p>
      {dayOne.length > 0 && (
        <div>
          <h3 className="label">{template.dayCount > 1 ? t("dayOne") : t("theDay")}</h3>
          <ul className="template-day">
            {dayOne.slice(0, SHOWN_SESSIONS).map((session) => (
              <li key={`${session.start} ${session.room} ${session.title}`}>
                <time>{session.start}</time>
                <Icon name={roomIcon(template.rooms.find((room) => room.key === session.room))} size="sm" />
                <span>{session.title}</span>
              </li>
            ))}
          </ul>
          {hidden > 0 && <p className="tiny muted">{t("more", { count: hidden })}</p>}
        </div>
      )}
      <div>
        <h3 className="label">{t("comesWith")}</h3>
        <ul className="row wrap template-brings">
          {template.dayCount > 1 && <li className="chip tag">{t("days", { count: template.dayCount })}</li>}
          <li className="chip tag">{t("rooms", { count: template.rooms.length })}</li>
          <li className="chip tag">{t("sessions", { count: template.sessions.length })}</li>
          <li className="chip tag">{t("emails", { count: template.emailCount })}</li>
          <li className="chip tag">{t("tickets")}</li>
        </ul>
      </div>
      <div className="template-foot">
        <Button variant="primary" size="lg" block onClick={onUse}>
          {t("use")}
        </Button>
        <p className="tiny muted">{t("next")}</p>
      </div>
    </>
  );
}
