import { useState } from "react";
import { useClient } from "urql";
import { RemoveTemplateDocument, TemplateFileDocument } from "../gql/graphql.ts";
import { ConfirmDialog } from "../organize/ConfirmDialog.tsx";
import { useAction } from "../organize/useAction.ts";
import { Button, Icon, useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import type { GalleryTemplate } from "./gallery.ts";
import { useTemplatesText } from "./text.ts";

interface TemplateActionsProps {
  template: GalleryTemplate;
  onRemoved: () => void;
}

/** Take a template home as a file; remove one of your own. */
export function TemplateActions({ template, onRemoved }: TemplateActionsProps) {
  const { t } = useTemplatesText();
  const client = useClient();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const remove = useAction(RemoveTemplateDocument, "Viewer");

  const download = async () => {
    const { data, error } = await client.query(TemplateFileDocument, { key: template.key }).toPromise();
    if (!data?.template) return toast({ text: refusalOf(error).message, icon: "warn" });
    const url = URL.createObjectURL(new Blob([data.template.file], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${template.name.replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase()}.json`;
    link.click();
    URL.revokeObjectURL(url);
  };
  const confirmed = async () => {
    if (!(await remove.run({ key: template.key }))) return;
    setAsking(false);
    toast({ text: t("removed", { name: template.name }) });
    onRemoved();
  };

  return (
    <div className="row template-acts">
      <Button variant="ghost" size="sm" onClick={() => void download()}>
        <Icon name="dl" size="sm" />
        {t("download")}
      </Button>
      {template.organization && (
        <Button variant="ghost" size="sm" onClick={() => setAsking(true)}>
          <Icon name="x" size="sm" />
          {t("remove")}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        title={t("removeTitle", { name: template.name })}
        action={t("remove")}
        danger
        pending={remove.pending}
        refusal={remove.refusal}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        {t("removeText")}
      </ConfirmDialog>
    </div>
  );
}
