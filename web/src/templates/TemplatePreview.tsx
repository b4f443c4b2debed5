import { useState } from "react";
import { Button, Icon, Skeleton } from "../platform/components/index.ts";
import { coverArt } from "../platform/design/art.ts";
import { locale } from "../platform/i18n/i18n.ts";
import type { IconName } from "../platform/icons/names.ts";
import { formatNumber } from "../platform/time/format.ts";
import { ICONS } from "../shows/show.ts";
import { useText as useShowsText } from "../shows/text.ts";
import { daysOf, type GalleryTemplate, inLanguage, sessionsOn, type TemplateContent } from "./gallery.ts";
import { TemplateActions } from "./TemplateActions.tsx";
import { useTemplatesText } from "./text.ts";

const parts = ["agenda", "rooms", "show"] as const;

/** The drawing that says how a room behaves: by its format when we know it, else by its kind. */
export function roomIcon(room: { kind: string; format: string } | undefined): IconName {
  const format = room?.format ?? "";
  if (/party/i.test(format)) return "party";
  if (/expo/i.test(format)) return "booth";
  if (/table/i.test(format)) return "table";
  if (/workshop|class/i.test(format)) return "slides";
  if (/ama|question/i.test(format)) return "ask";
  if (/panel|fireside/i.test(format)) return "people";
  if (room?.kind === "LOBBY") return "home";
  return room?.kind === "NETWORKING" ? "people" : "live";
}

interface TemplatePreviewProps {
  template: GalleryTemplate;
  /** Undefined while it is on its way. */
  content: TemplateContent | undefined;
  /** False inside a sheet, which has the name as its own title. */
  titled: boolean;
  onUse: () => void;
  onRemoved: () => void;
}

/** What an event of a template will be: its look, every day of its agenda, its rooms and its run of show. */
export function TemplatePreview({ template, content, titled, onUse, onRemoved }: TemplatePreviewProps) {
  const { t } = useTemplatesText();
  const [part, setPart] = useState<(typeof parts)[number]>("agenda");
  return (
    <>
      <div className="row between wrap">
        {titled && <h2 className="h3">{template.name}</h2>}
        <span className="badge outline">
          <Icon name="people" />
          {t("audience", { people: useAudience(template) })}
        </span>
      </div>
      {content ? (
        <>
          <div className="template-cover">
            <img src={coverArt(content.cover)} alt="" width="640" height="360" />
          </div>
          <p className="muted">{(inLanguage(content.translations, locale()) ?? content).description}</p>
          <ul className="row wrap template-brings" aria-label={t("comesWith")}>
            {content.dayCount > 1 && <li className="chip tag">{t("days", { count: daysOf(content).length })}</li>}
            <li className="chip tag">{t("sessions", { count: content.sessions.length })}</li>
            <li className="chip tag">{t("rooms", { count: content.rooms.length })}</li>
            {content.cues.length > 0 && <li className="chip tag">{t("cues", { count: content.cues.length })}</li>}
            {content.polls.length > 0 && <li className="chip tag">{t("polls", { count: content.polls.length })}</li>}
            <li className="chip tag">{t("tickets", { count: content.tickets.length })}</li>
            <li className="chip tag">{t("emails", { count: content.emailCount })}</li>
          </ul>
          <div className="seg" role="group" aria-label={t("parts.label")}>
            {parts.map((one) => (
              <button type="button" key={one} aria-pressed={one === part} onClick={() => setPart(one)}>
                {t(`parts.${one}`)}
              </button>
            ))}
          </div>
          {part === "agenda" && <Agenda content={content} />}
          {part === "rooms" && <Rooms content={content} />}
          {part === "show" && <RunOfShow content={content} />}
        </>
      ) : (
        <div className="stack" aria-hidden="true">
          <Skeleton height={200} />
          <Skeleton />
          <Skeleton width="80%" />
        </div>
      )}
      <div className="template-foot">
        <Button variant="primary" size="lg" block onClick={onUse}>
          {t("use")}
        </Button>
        <TemplateActions template={template} onRemoved={onRemoved} />
      </div>
    </>
  );
}

/** How many people it suits, in the reader's way to write numbers. */
function useAudience({ people, audience }: GalleryTemplate): string {
  return people ? `${formatNumber(people.from)} – ${formatNumber(people.to)}` : audience;
}

function Agenda({ content }: { content: TemplateContent }) {
  const { t } = useTemplatesText();
  const days = daysOf(content);
  return days.map((day, position) => (
    <section key={day} aria-label={days.length > 1 ? t("day", { number: position + 1 }) : t("theDay")}>
      <h3 className="label">{days.length > 1 ? t("day", { number: position + 1 }) : t("theDay")}</h3>
      <ul className="template-day">
        {sessionsOn(content, day).map((session) => {
          const room = content.rooms.find(({ key }) => key === session.room);
          return (
            <li key={`${session.start} ${session.room} ${session.title}`}>
              <time>{session.start}</time>
              <Icon name={roomIcon(room)} size="sm" />
              <span>
                {session.title}
                <span className="tiny muted">
                  {t("sessionLine", { room: room?.name ?? "", count: session.minutes })}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  ));
}

function Rooms({ content }: { content: TemplateContent }) {
  const { t } = useTemplatesText();
  return (
    <ul className="template-rooms">
      {content.rooms.map((room) => {
        const polls = content.polls.filter((poll) => poll.room === room.key);
        return (
          <li key={room.key}>
            <Icon name={roomIcon(room)} />
            <div>
              <b>{room.name}</b>
              {room.tables.length > 0 && (
                <p className="small muted">
                  {t("tables", { count: room.tables.length })}{" "}
                  {room.tables
                    .map(({ topic }) => topic)
                    .filter(Boolean)
                    .join(", ")}
                </p>
              )}
              {polls.map(({ question }) => (
                <p className="small muted" key={question}>
                  {t("poll", { question })}
                </p>
              ))}
              {room.moderatedQuestions && <p className="small muted">{t("moderated")}</p>}
              {room.slowSeconds > 0 && <p className="small muted">{t("slow", { count: room.slowSeconds })}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function RunOfShow({ content }: { content: TemplateContent }) {
  const { t } = useTemplatesText();
  const { t: showsT } = useShowsText();
  const days = daysOf(content);
  // The days of a course lie weeks apart, and are counted all the same.
  const numberOf = (day: number) => (days.includes(day) ? days.indexOf(day) : day) + 1;
  if (content.cues.length === 0) return <p className="muted">{t("noCues")}</p>;
  return (
    <ol className="template-day template-cues">
      {content.cues.map((cue, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cues of a template never change their places
        <li key={position}>
          {cue.start ? (
            <time>
              {days.length > 1 && <span className="tiny">{t("dayShort", { number: numberOf(cue.day ?? 0) })} </span>}
              {cue.start}
            </time>
          ) : (
            <span className="tiny muted">{showsT("byHand")}</span>
          )}
          <Icon name={ICONS[cue.kind]} size="sm" />
          <span>
            {cue.about
              ? showsT("named", { kind: showsT(`kind.${cue.kind}`), about: cue.about })
              : showsT(`kind.${cue.kind}`)}
          </span>
        </li>
      ))}
    </ol>
  );
}
