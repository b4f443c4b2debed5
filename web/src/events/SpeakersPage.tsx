import { useState } from "react";
import { Link } from "wouter";
import { InviteSpeakerDocument } from "../gql/graphql.ts";
import { type DeskPageProps, type DeskSpeaker, deskPath, stagesOf, studioPath } from "../organize/desk.ts";
import { useOrganizeText } from "../organize/text.ts";
import { useAction } from "../organize/useAction.ts";
import { Avatar, Badge, Button, ButtonLink, Empty, FormError, Icon, useToast } from "../platform/components/index.ts";
import { useTitle } from "../platform/shell/title.ts";
import { formatMoment } from "../platform/time/format.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { SpeakerDialog } from "./SpeakerDialog.tsx";
import "./speakers.css";

/** Everyone on the programme: who they are, where they speak, and whether they have their link. */
export function SpeakersPage({ event }: DeskPageProps) {
  const { t } = useOrganizeText();
  const [editing, setEditing] = useState<{ speaker?: DeskSpeaker }>();
  const stage = stagesOf(event).find((room) => room.viewerMayBroadcast);
  useTitle(t("speakers.title"), event.name);
  return (
    <>
      <div className="crumb">
        <Link href={deskPath(event)}>{event.name}</Link>
        <Icon name="right" />
        <span>{t("speakers.title")}</span>
      </div>
      <div className="headrow">
        <div>
          <h1 className="h2">{t("speakers.title")}</h1>
          <p className="muted overview-sub">{t("speakers.lead")}</p>
        </div>
        <div className="row">
          {stage && (
            <ButtonLink href={studioPath(event, stage)} variant="line">
              <Icon name="live" size="sm" />
              {t("speakers.openStudio")}
            </ButtonLink>
          )}
          <Button variant="solid" onClick={() => setEditing({})}>
            <Icon name="plus" size="sm" />
            {t("speakers.add")}
          </Button>
        </div>
      </div>
      <div className="card pad0">
        {event.speakers.length === 0 ? (
          <Empty
            icon="speaker"
            title={t("speakers.empty.title")}
            action={
              <Button variant="line" onClick={() => setEditing({})}>
                {t("speakers.add")}
              </Button>
            }
          >
            {t("speakers.empty.text")}
          </Empty>
        ) : (
          <ul className="speakers rows">
            {event.speakers.map((speaker) => (
              <SpeakerRow key={speaker.id} event={event} speaker={speaker} onEdit={() => setEditing({ speaker })} />
            ))}
          </ul>
        )}
      </div>
      {editing && (
        <SpeakerDialog
          key={editing.speaker?.id ?? "new"}
          event={event}
          speaker={editing.speaker}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

interface SpeakerRowProps extends DeskPageProps {
  speaker: DeskSpeaker;
  onEdit: () => void;
}

function SpeakerRow({ event, speaker, onEdit }: SpeakerRowProps) {
  const { t } = useOrganizeText();
  const toast = useToast();
  const invite = useAction(InviteSpeakerDocument);
  const zone = event.timeZone;

  const send = async () => {
    if (await invite.run({ id: speaker.id })) toast({ text: t("speakers.sent", { name: speaker.name }), icon: "mail" });
  };

  return (
    <li className="speaker">
      <Avatar name={speaker.name} photoUrl={speaker.photoUrl} portrait={speaker.portrait} size="lg" />
      <div className="speaker-words">
        <h2 className="h4">{speaker.name}</h2>
        {speaker.headline && <p className="small muted">{speaker.headline}</p>}
        <p className="tiny muted num">
          {t("speakers.sessions", { count: speaker.sessions.length })}
          {speaker.email && ` · ${speaker.email}`}
        </p>
      </div>
      <div className="speaker-state">
        {speaker.invitedAt ? (
          <Badge tone="success" icon="check">
            <span title={zoneLabel(zone, new Date(speaker.invitedAt))}>
              {t("speakers.invited", { when: formatMoment(speaker.invitedAt, zone) })}
            </span>
          </Badge>
        ) : (
          <Badge icon={speaker.email ? "clock" : "mail"}>
            {speaker.email ? t("speakers.notInvited") : t("speakers.noEmail")}
          </Badge>
        )}
      </div>
      <div className="row speaker-acts">
        <Button
          variant={speaker.invitedAt ? "ghost" : "line"}
          size="sm"
          disabled={!speaker.email}
          pending={invite.pending}
          aria-label={t(speaker.invitedAt ? "speakers.inviteAgainOf" : "speakers.inviteOf", { name: speaker.name })}
          onClick={() => void send()}
        >
          <Icon name="mail" size="sm" />
          {speaker.invitedAt ? t("speakers.inviteAgain") : t("speakers.invite")}
        </Button>
        <Button
          variant="ghost"
          size="sm"
          icon
          aria-label={t("speakers.editOf", { name: speaker.name })}
          onClick={onEdit}
        >
          <Icon name="edit" size="sm" />
        </Button>
      </div>
      {invite.refusal && (
        <div className="speaker-refusal">
          <FormError>{invite.refusal.message}</FormError>
        </div>
      )}
    </li>
  );
}
