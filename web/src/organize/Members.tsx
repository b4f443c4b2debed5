import { type FormEvent, useState } from "react";
import { isEmail } from "../events/eventForm.ts";
import { InviteMemberDocument, type OrganizationRole, RemoveMemberDocument } from "../gql/graphql.ts";
import { Avatar, Button, Dialog, FormError, Icon, TextField, useToast } from "../platform/components/index.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import type { Membership } from "./OrganizePage.tsx";
import { useOrganizeText } from "./text.ts";
import { fieldError, formError, useAction } from "./useAction.ts";

type Member = Membership["organization"]["members"][number];

/** Who belongs to an organization. Owners and admins invite and remove; everyone sees the names. */
export function Members({ membership, viewerId }: { membership: Membership; viewerId: string }) {
  const { t } = useOrganizeText();
  const toast = useToast();
  const { organization, role } = membership;
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<Member>();
  const remove = useAction(RemoveMemberDocument, "Organization");
  const manages = role === "OWNER" || role === "ADMIN";
  const heading = `members-${organization.id}`;

  return (
    <section className="members" aria-labelledby={heading}>
      <div className="row between">
        <h3 className="h4" id={heading}>
          {t("members.title")}
        </h3>
        {manages && (
          <Button variant="line" size="sm" onClick={() => setInviting(true)}>
            <Icon name="userplus" size="sm" />
            {t("members.invite")}
          </Button>
        )}
      </div>
      <ul>
        {organization.members.map((member) => {
          const self = member.personId === viewerId;
          const label = member.name || member.email || t(`role.${member.role}`);
          return (
            <li key={member.personId}>
              <Avatar name={label} size="md" />
              <span className="grow">
                <b className="strong trunc">{label}</b>
                <span className="small muted trunc">
                  {t(`role.${member.role}`)}
                  {self && `, ${t("members.you")}`}
                  {member.email && member.name && ` · ${member.email}`}
                </span>
              </span>
              {manages && !self && (member.role !== "OWNER" || role === "OWNER") && (
                <Button
                  variant="ghost"
                  size="sm"
                  icon
                  aria-label={t("members.removeLabel", { name: label })}
                  onClick={() => {
                    remove.clear();
                    setLeaving(member);
                  }}
                >
                  <Icon name="x" size="sm" />
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <Dialog
        open={inviting}
        onClose={() => setInviting(false)}
        title={t("members.inviteTitle", { organization: organization.name })}
      >
        <InviteForm membership={membership} onDone={() => setInviting(false)} />
      </Dialog>
      <ConfirmDialog
        open={!!leaving}
        title={t("members.removeTitle", { name: leaving?.name ?? "" })}
        action={t("remove")}
        danger
        pending={remove.pending}
        refusal={remove.refusal}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => {
          if (!leaving) return;
          void remove.run({ organization: organization.id, person: leaving.personId }).then((done) => {
            if (!done) return;
            toast({ text: t("members.removed", { name: leaving.name }) });
            setLeaving(undefined);
          });
        }}
      >
        {t("members.removeText", { organization: organization.name })}
      </ConfirmDialog>
    </section>
  );
}

function InviteForm({ membership, onDone }: { membership: Membership; onDone: () => void }) {
  const { t } = useOrganizeText();
  const toast = useToast();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<OrganizationRole>("PRODUCER");
  const [wrong, setWrong] = useState<"emailMissing" | "emailShape">();
  const invite = useAction(InviteMemberDocument, "Organization");
  // Only an owner decides who else is one.
  const offered: OrganizationRole[] =
    membership.role === "OWNER" ? ["OWNER", "ADMIN", "PRODUCER", "MODERATOR"] : ["ADMIN", "PRODUCER", "MODERATOR"];

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = !email.trim() ? "emailMissing" : isEmail(email) ? undefined : "emailShape";
    setWrong(found);
    if (found || invite.pending) return;
    if (!(await invite.run({ organization: membership.organization.id, email: email.trim(), role }))) return;
    toast({ text: t("members.sent", { email: email.trim() }), icon: "mail" });
    onDone();
  };

  const general = formError(invite.refusal, ["email"]);
  return (
    <form className="stack form-stack" onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={t("members.email")}
        hint={t("members.emailHint")}
        type="email"
        autoComplete="off"
        value={email}
        error={fieldError(wrong && t(`errors.${wrong}`), invite.refusal, "email")}
        onChange={(event) => setEmail(event.target.value)}
      />
      <fieldset className="choices">
        <legend className="choice-legend">{t("members.role")}</legend>
        {offered.map((one) => (
          <label className="choice" key={one}>
            <span className="check">
              <input type="radio" name="role" checked={role === one} onChange={() => setRole(one)} />
            </span>
            <b className="strong">{t(`role.${one}`)}</b>
            <small>{t(`roleText.${one}`)}</small>
          </label>
        ))}
      </fieldset>
      {general && <FormError>{general}</FormError>}
      <Button type="submit" variant="primary" pending={invite.pending}>
        {t("members.send")}
      </Button>
    </form>
  );
}
