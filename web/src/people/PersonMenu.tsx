import "./person.css";
import { lazy, Suspense, useState } from "react";
import { MenuItem, Button as RawButton, Separator } from "react-aria-components";
import { useLocation } from "wouter";
import type { ConnectState } from "../gql/graphql.ts";
import { useModerates } from "../moderation/moderates.ts";
import { useText as useModerationText } from "../moderation/text.ts";
import { DropMenu } from "../platform/components/DropMenu.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { BlockDialog } from "./BlockDialog.tsx";
import { messagePath, proposePath } from "./paths.ts";
import { ReportDialog, type ReportOf } from "./ReportDialog.tsx";
import { useText } from "./text.ts";
import { useConnect } from "./useConnect.ts";

const ModerateDialog = lazy(() => import("../moderation/ModerateDialog.tsx"));

interface PersonMenuProps {
  event: { id: string; slug: string };
  person: { id: string; name: string };
  connected?: ConnectState | undefined;
  /** Where they were met, for a report; their profile unless said otherwise. */
  about?: ReportOf | undefined;
  /** Leaves out what is there in another way, or would leave a call. */
  without?: readonly ("connect" | "message" | "propose")[];
  /** They are to be taken from view. */
  onBlocked?: (() => void) | undefined;
  /** Looks of the button. */
  className?: string;
}

/** What one can do about somebody, wherever they are shown: connect, message, propose a time, block, report. */
export function PersonMenu({
  event,
  person,
  connected = "NONE",
  about = { kind: "profile" },
  without = [],
  onBlocked,
  className = "btn ghost icon sm",
}: PersonMenuProps) {
  const { t } = useText();
  const [, navigate] = useLocation();
  const { t: words } = useModerationText();
  const moderates = useModerates();
  const [asking, setAsking] = useState<"block" | "report" | "moderate">();
  const connect = useConnect(event.id, person, connected);
  const onAction = (key: string) => {
    if (key === "connect") void connect.ask();
    else if (key === "take-back") void connect.takeBack();
    else if (key === "message") navigate(messagePath(event.slug, person.id));
    else if (key === "propose") navigate(proposePath(event.slug, person.id));
    else if (key === "block" || key === "report" || key === "moderate") setAsking(key);
  };
  const close = () => setAsking(undefined);
  return (
    <>
      <DropMenu
        placement="bottom end"
        onAction={onAction}
        trigger={
          <RawButton className={className} aria-label={t("menu.label", { name: person.name })}>
            <Icon name="dots" size="sm" />
          </RawButton>
        }
      >
        {!without.includes("connect") && connect.state === "NONE" && (
          <MenuItem className="item" id="connect">
            <Icon name="userplus" />
            {t("connect.connect")}
          </MenuItem>
        )}
        {!without.includes("connect") && connect.state !== "NONE" && (
          <MenuItem className="item" id="take-back">
            <Icon name="undo" />
            {t("connect.end")}
          </MenuItem>
        )}
        {!without.includes("message") && (
          <MenuItem className="item" id="message">
            <Icon name="chat" />
            {t("person.message")}
          </MenuItem>
        )}
        {!without.includes("propose") && (
          <MenuItem className="item" id="propose">
            <Icon name="cal" />
            {t("menu.propose")}
          </MenuItem>
        )}
        <Separator className="hr" />
        <MenuItem className="item" id="block">
          <Icon name="ban" />
          {t("menu.block")}
        </MenuItem>
        <MenuItem className="item" id="report">
          <Icon name="flag" />
          {t("menu.report")}
        </MenuItem>
        {moderates && (
          <MenuItem className="item" id="moderate">
            <Icon name="shield" />
            {words("moderateShort")}
          </MenuItem>
        )}
      </DropMenu>
      {asking === "block" && <BlockDialog event={event.id} person={person} onClose={close} onBlocked={onBlocked} />}
      {asking === "moderate" && moderates && (
        <Suspense fallback={null}>
          <ModerateDialog {...moderates} person={person} onClose={close} />
        </Suspense>
      )}
      {asking === "report" && (
        <ReportDialog event={event.id} person={person} about={about} onClose={close} onBlocked={onBlocked} />
      )}
    </>
  );
}
