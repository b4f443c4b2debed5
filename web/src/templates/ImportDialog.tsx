import { useRef, useState } from "react";
import { ImportTemplateDocument, type ImportTemplateMutation, type TemplateGalleryQuery } from "../gql/graphql.ts";
import { EditDialog } from "../organize/EditDialog.tsx";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { Field } from "../platform/components/Field.tsx";
import { FormError, Icon, SelectField, useToast } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { useTemplatesText } from "./text.ts";

const LONGEST = 150_000;
const SHOWN = 20;

interface ImportDialogProps {
  /** Organizations in which events are made; at least one. */
  hosts: NonNullable<TemplateGalleryQuery["viewer"]>["memberships"];
  onClose: () => void;
  onImported: (key: string) => void;
}

/** Takes a template file; what is wrong with it is said line by line. */
export function ImportDialog({ hosts, onClose, onImported }: ImportDialogProps) {
  const { t } = useTemplatesText();
  const toast = useToast();
  const file = useRef<HTMLInputElement>(null);
  const [organization, setOrganization] = useState(hosts[0]?.organization.id ?? "");
  const [problem, setProblem] = useState<string>();
  const [mistakes, setMistakes] = useState<ImportTemplateMutation["importTemplate"]["mistakes"]>([]);
  const take = useAction(ImportTemplateDocument, "Viewer");

  const submit = async () => {
    if (take.pending) return;
    const chosen = file.current?.files?.[0];
    setMistakes([]);
    // A character takes up to four bytes; whatever is beyond is certainly too long and is not even read.
    const tooLong = chosen && chosen.size > LONGEST * 4;
    setProblem(!chosen ? t("import.missing") : tooLong ? t("import.tooLong", { count: LONGEST }) : undefined);
    if (!chosen || tooLong) return;
    const text = await chosen.text();
    if (text.length > LONGEST) return setProblem(t("import.tooLong", { count: LONGEST }));
    const answer = await take.run({ input: { organization, name: chosen.name.slice(0, 200), file: text } });
    if (!answer) return;
    const { template, mistakes: found } = answer.importTemplate;
    setMistakes(found);
    if (!template) return;
    toast({ text: t("import.done", { name: template.name }) });
    onImported(template.key);
  };

  const general = formError(take.refusal, ["organization", "file"]);
  return (
    <EditDialog title={t("import.title")} pending={take.pending} onSubmit={submit} onClose={onClose}>
      {hosts.length > 1 && (
        <SelectField
          label={t("form.organization")}
          value={organization}
          onChange={(change) => setOrganization(change.target.value)}
        >
          {hosts.map(({ organization: { id, name } }) => (
            <option value={id} key={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <Field label={t("import.file")} hint={t("import.hint")} error={fieldError(problem, take.refusal, "file")}>
        {(control) => <input {...control} ref={file} type="file" className="input" accept=".json,application/json" />}
      </Field>
      {mistakes.length > 0 && (
        <div role="alert" className="stack">
          <p className="row">
            <Icon name="warn" size="sm" />
            {t("import.mistakes", { count: mistakes.length })}
          </p>
          <ul className="template-mistakes">
            {mistakes.slice(0, SHOWN).map((mistake) => (
              <li key={`${mistake.line}:${mistake.column} ${mistake.message}`}>
                <b className="num">{t("import.line", { line: formatNumber(mistake.line) })}</b> {mistake.message}
              </li>
            ))}
          </ul>
          {mistakes.length > SHOWN && <p className="tiny muted">{t("more", { count: mistakes.length - SHOWN })}</p>}
        </div>
      )}
      {general && <FormError>{general}</FormError>}
    </EditDialog>
  );
}
