import { type FormEvent, useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { UpdateEventDocument } from "../gql/graphql.ts";
import { ConfirmDialog } from "../organize/ConfirmDialog.tsx";
import { type DeskPageProps, deskPath } from "../organize/desk.ts";
import { focusFirstInvalid } from "../organize/forms.ts";
import { useOrganizeText } from "../organize/text.ts";
import { formError, useAction } from "../organize/useAction.ts";
import { Button, ButtonLink, FormError, Icon, QuietLine, useToast } from "../platform/components/index.ts";
import { useTitle } from "../platform/shell/title.ts";
import { changedFields, mergeDraft } from "./draft.ts";
import { checkEventPage } from "./eventForm.ts";
import { LookFields } from "./LookFields.tsx";
import { type PageForm, pageChanges, pageFormOf } from "./pageForm.ts";
import { useUnsavedGuard } from "./useUnsavedGuard.ts";
import { AddressField, WhenFields } from "./WhenFields.tsx";
import { WordFields } from "./WordFields.tsx";
import "./editor.css";

/** What each group of fields needs. */
export interface FieldsProps extends DeskPageProps {
  form: PageForm;
  set: (change: Partial<PageForm>) => void;
  /** The sentence under a field, if something is wrong with it or someone else changed it too. */
  errorOf: (field: keyof PageForm) => string | undefined;
}

/** The server's name of each field, where it differs from the form's. */
const serverField: Partial<Record<keyof PageForm, string>> = { coverUrl: "coverFile" };

/** Everything a visitor reads: words, dates, address, look. Saved as a whole, and never over someone else's save. */
export function EventPageEditor({ event }: DeskPageProps) {
  const { t } = useOrganizeText();
  const toast = useToast();
  const [base, setBase] = useState(() => ({ version: event.version, saved: pageFormOf(event) }));
  const [form, setForm] = useState<PageForm>(() => restored(event.id) ?? base.saved);
  const [wasRestored, setWasRestored] = useState(() => restored(event.id) !== undefined);
  const [checked, setChecked] = useState(false);
  const [contested, setContested] = useState<Partial<Record<keyof PageForm, string>>>({});
  const update = useAction(UpdateEventDocument);
  const dirty = changedFields(base.saved, form).length > 0;
  const guard = useUnsavedGuard(dirty);
  const formElement = useRef<HTMLFormElement>(null);
  useTitle(t("page.title"), event.name);

  // Someone else's save, or our own after a reload of the page, arrives with a new version.
  const behind = event.version !== base.version;
  useEffect(() => {
    if (!behind || dirty) return;
    setBase({ version: event.version, saved: pageFormOf(event) });
    setForm(pageFormOf(event));
  }, [behind, dirty, event]);

  useEffect(() => keepDraft(event.id, dirty ? form : undefined), [event.id, dirty, form]);

  const set = (change: Partial<PageForm>) => {
    setForm((held) => ({ ...held, ...change }));
    if (update.refusal) update.clear();
  };
  const errors = checked ? checkEventPage(form) : {};
  const errorOf = (field: keyof PageForm) => {
    const own = errors[field as keyof typeof errors];
    if (own) return t(`errors.${own as "nameMissing"}`);
    if (update.refusal?.field && update.refusal.field === (serverField[field] ?? field)) return update.refusal.message;
    const theirs = contested[field];
    return theirs === undefined ? undefined : t("page.contested", { theirs });
  };

  const takeTheirs = () => {
    const theirs = pageFormOf(event);
    const merged = mergeDraft(base.saved, form, theirs);
    setContested(Object.fromEntries(merged.contested.map((field) => [field, theirs[field]])));
    setBase({ version: event.version, saved: theirs });
    setForm(merged.values);
    update.clear();
  };

  const submit = async (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    setChecked(true);
    if (Object.keys(checkEventPage(form)).length > 0) return focusFirstInvalid(submitted.currentTarget);
    if (!dirty || update.pending) return;
    const sent = { ...form };
    const answer = await update.run({ input: pageChanges(event.id, base.version, base.saved, sent) });
    if (!answer) {
      if (formElement.current) focusFirstInvalid(formElement.current);
      return;
    }
    const saved = { ...sent, slug: answer.updateEvent.slug, coverFile: "" };
    setBase({ version: answer.updateEvent.version, saved });
    // What was typed while the save ran stays and is still unsaved.
    setForm((held) => mergeDraft(sent, held, saved).values);
    setContested({});
    setWasRestored(false);
    toast({ text: t("page.saved") });
  };

  const discard = () => {
    setForm(base.saved);
    setChecked(false);
    setContested({});
    setWasRestored(false);
    update.clear();
  };

  const stale = dirty && behind;
  const general = stale ? undefined : formError(update.refusal, [...Object.keys(form), "coverFile"]);
  const fields: FieldsProps = { event, form, set, errorOf };

  return (
    <form ref={formElement} className="editor" onSubmit={(submitted) => void submit(submitted)} noValidate>
      <div className="crumb">
        <Link href={deskPath(event)}>{event.name}</Link>
        <Icon name="right" />
        <span>{t("page.title")}</span>
      </div>
      <div className="headrow">
        <div>
          <h1 className="h2">{t("page.title")}</h1>
          <p className="muted overview-sub">{t("page.lead")}</p>
        </div>
        <ButtonLink href={`/e/${event.slug}`} variant="line">
          <Icon name="ext" size="sm" />
          {t("overview.viewPage")}
        </ButtonLink>
      </div>
      {wasRestored && dirty && (
        <div className="editor-note">
          <QuietLine
            icon="undo"
            action={
              <Button variant="ghost" size="sm" onClick={discard}>
                {t("page.discard")}
              </Button>
            }
          >
            {t("page.restored")}
          </QuietLine>
        </div>
      )}
      <div className="editor-body">
        <section className="card" aria-labelledby="words">
          <h2 className="h4" id="words">
            {t("page.basics")}
          </h2>
          <WordFields {...fields} />
        </section>
        <div className="editor-side">
          <section className="card" aria-labelledby="when">
            <h2 className="h4" id="when">
              {t("page.when")}
            </h2>
            <WhenFields {...fields} />
          </section>
          <section className="card" aria-labelledby="look">
            <h2 className="h4" id="look">
              {t("page.look")}
            </h2>
            <LookFields {...fields} />
          </section>
          <section className="card" aria-labelledby="address">
            <h2 className="h4" id="address">
              {t("page.address")}
            </h2>
            <AddressField {...fields} />
          </section>
        </div>
      </div>
      <div className={dirty || update.refusal ? "editor-bar" : "editor-bar quiet"}>
        {stale && (
          <div className="editor-conflict" role="alert">
            <p className="strong row">
              <Icon name="warn" />
              {t("page.conflict.title")}
            </p>
            <p>{t("page.conflict.text")}</p>
            <Button variant="line" size="sm" onClick={takeTheirs}>
              {t("page.conflict.action")}
            </Button>
          </div>
        )}
        {general && <FormError>{general}</FormError>}
        <div className="row">
          <span className="small muted grow" role="status">
            {dirty ? t("page.unsaved") : t("page.allSaved")}
          </span>
          {dirty && (
            <Button variant="ghost" onClick={discard}>
              {t("page.discard")}
            </Button>
          )}
          <Button type="submit" variant="primary" disabled={!dirty || stale} pending={update.pending}>
            {update.pending ? t("page.saving") : t("save")}
          </Button>
        </div>
      </div>
      <ConfirmDialog
        open={guard.wanted !== undefined}
        title={t("page.leaveTitle")}
        action={t("page.leave")}
        dismiss={t("page.stay")}
        danger
        pending={false}
        refusal={undefined}
        onConfirm={() => {
          keepDraft(event.id, undefined);
          guard.leave();
        }}
        onClose={guard.stay}
      >
        {t("page.leaveText")}
      </ConfirmDialog>
    </form>
  );
}

function draftKey(id: string): string {
  return `plenary.draft.${id}`;
}

/** Keeps what is typed on this device, for a tab that closes or a press on Back. */
function keepDraft(id: string, form: PageForm | undefined): void {
  if (form) sessionStorage.setItem(draftKey(id), JSON.stringify(form));
  else sessionStorage.removeItem(draftKey(id));
}

function restored(id: string): PageForm | undefined {
  const kept = sessionStorage.getItem(draftKey(id));
  return kept ? (JSON.parse(kept) as PageForm) : undefined;
}
