import { useState } from "react";
import { MenuItem, Button as RawButton, Separator } from "react-aria-components";
import { useLocation } from "wouter";
import { EndEventDocument, PublishEventDocument, UnpublishEventDocument } from "../gql/graphql.ts";
import { DropMenu } from "../platform/components/DropMenu.tsx";
import { Button, ButtonLink, FormError, Icon, useToast } from "../platform/components/index.ts";
import { AgainDialog, SaveTemplateDialog } from "../templates/AgainDialogs.tsx";
import { useTemplatesText } from "../templates/text.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { type DeskPageProps, stagesOf, studioPath } from "./desk.ts";
import { useOrganizeText } from "./text.ts";
import { useAction } from "./useAction.ts";

/** What can be done with the whole event: see its page, publish it, open a studio, take it back, end it. */
export function EventActions({ event }: DeskPageProps) {
  const { t } = useOrganizeText();
  const { t: templatesT } = useTemplatesText();
  const toast = useToast();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState<"unpublish" | "end">();
  const [copying, setCopying] = useState<"again" | "template">();
  const publish = useAction(PublishEventDocument);
  const unpublish = useAction(UnpublishEventDocument);
  const end = useAction(EndEventDocument);
  const page = `/e/${event.slug}`;
  const stage = stagesOf(event).find((room) => room.viewerMayBroadcast);
  const chosen = asking === "end" ? end : unpublish;

  const makePublic = async () => {
    if (!(await publish.run({ id: event.id }))) return;
    toast({
      text: t("overview.published"),
      icon: "globe",
      action: { label: t("overview.viewPage"), run: () => navigate(page) },
    });
  };
  const copyLink = async () => {
    await navigator.clipboard.writeText(location.origin + page);
    toast({ text: t("overview.copied"), icon: "copy" });
  };
  const confirm = async () => {
    if (!(await chosen.run({ id: event.id }))) return;
    toast({ text: asking === "end" ? t("overview.ended") : t("overview.unpublished") });
    setAsking(undefined);
  };
  const onMenu = (key: string) => {
    if (key === "copy") void copyLink();
    if (key === "again" || key === "template") setCopying(key);
    if (key === "unpublish" || key === "end") {
      chosen.clear();
      setAsking(key);
    }
  };

  return (
    <div className="stack event-actions">
      <div className="row">
        <ButtonLink href={page} variant="line">
          <Icon name="ext" size="sm" />
          {t("overview.viewPage")}
        </ButtonLink>
        {event.status === "DRAFT" && (
          <Button variant="primary" pending={publish.pending} onClick={() => void makePublic()}>
            <Icon name="globe" size="sm" />
            {publish.pending ? t("overview.publishing") : t("overview.publish")}
          </Button>
        )}
        {event.status === "PUBLISHED" && stage && (
          <ButtonLink href={studioPath(event, stage)} variant="solid">
            <Icon name="live" size="sm" />
            {t("overview.openStudio")}
          </ButtonLink>
        )}
        <DropMenu
          placement="bottom end"
          onAction={onMenu}
          trigger={
            <RawButton className="btn line icon" aria-label={t("overview.more")}>
              <Icon name="dots" />
            </RawButton>
          }
        >
          <MenuItem className="item" id="copy">
            <Icon name="copy" />
            {t("overview.copyLink")}
          </MenuItem>
          <MenuItem className="item" id="again">
            <Icon name="cal" />
            {templatesT("again.action")}
          </MenuItem>
          <MenuItem className="item" id="template">
            <Icon name="bookmark" />
            {templatesT("save.action")}
          </MenuItem>
          {event.status === "PUBLISHED" && (
            <>
              <MenuItem className="item" id="unpublish">
                <Icon name="lock" />
                {t("overview.unpublish")}
              </MenuItem>
              <Separator className="sep" />
              <MenuItem className="item bad" id="end">
                <Icon name="ban" />
                {t("overview.end")}
              </MenuItem>
            </>
          )}
        </DropMenu>
      </div>
      {publish.refusal && <FormError>{publish.refusal.message}</FormError>}
      {copying === "again" && <AgainDialog event={event} onClose={() => setCopying(undefined)} />}
      {copying === "template" && <SaveTemplateDialog event={event} onClose={() => setCopying(undefined)} />}
      <ConfirmDialog
        open={asking === "unpublish"}
        title={t("overview.unpublishTitle")}
        action={t("overview.unpublish")}
        pending={unpublish.pending}
        refusal={unpublish.refusal}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(undefined)}
      >
        {t("overview.unpublishText", { count: event.registrationCount })}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "end"}
        title={t("overview.endTitle", { name: event.name })}
        action={t("overview.end")}
        dismiss={t("overview.keep")}
        danger
        pending={end.pending}
        refusal={end.refusal}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(undefined)}
      >
        {t("overview.endText")}
      </ConfirmDialog>
    </div>
  );
}
