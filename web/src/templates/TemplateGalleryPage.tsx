import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { Link, useLocation } from "wouter";
import { TemplateGalleryDocument, TemplatePreviewDocument } from "../gql/graphql.ts";
import { Button, Dialog, Empty, Icon, Skeleton } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { locale } from "../platform/i18n/i18n.ts";
import { Wordmark } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { type GalleryTemplate, inLanguage, type Size, sizes, suits } from "./gallery.ts";
import { ImportDialog } from "./ImportDialog.tsx";
import { NewEventForm } from "./NewEventForm.tsx";
import { TemplateArt } from "./TemplateArt.tsx";
import { TemplatePreview } from "./TemplatePreview.tsx";
import { useTemplatesText } from "./text.ts";
import "./templates.css";

const categories = ["TALKS", "MEETING", "LEARNING", "COMPANY"] as const;

/** Where every event starts: choose a complete one, see what is in it, then give it a name and a date. */
export default function TemplateGalleryPage() {
  const { t } = useTemplatesText();
  const [, navigate] = useLocation();
  const [{ data, error }, ask] = useQuery({ query: TemplateGalleryDocument });
  const [kind, setKind] = useState<(typeof categories)[number] | "YOURS">();
  const [size, setSize] = useState<Size>();
  const [selected, setSelected] = useState<string>();
  const [naming, setNaming] = useState(false);
  const [sheet, setSheet] = useState(false);
  const [importing, setImporting] = useState(false);
  const beside = useWide();
  useTitle(t("title"));

  useEffect(() => {
    if (data && !data.viewer) navigate("/sign-in?returnTo=/organize/new", { replace: true });
  }, [data, navigate]);

  const saved: GalleryTemplate[] = data?.savedTemplates ?? [];
  const all = [...saved, ...(data?.templates ?? [])].map(inOurWords);
  const ofKind = kind === "YOURS" ? saved : kind ? all.filter(({ category }) => category === kind) : all;
  const shown = ofKind.filter((template) => suits(template, size));
  const chosen = all.find((template) => template.key === selected) ?? shown[0];
  // Moderators run rooms; making events is for the roles above.
  const hosts = (data?.viewer?.memberships ?? []).filter(({ role }) => role !== "MODERATOR");
  const [preview, askPreview] = useQuery({
    query: TemplatePreviewDocument,
    variables: { key: chosen?.key ?? "" },
    pause: !chosen,
  });
  const content = preview.data?.template?.key === chosen?.key ? (preview.data?.template ?? undefined) : undefined;

  const choose = (template: GalleryTemplate) => {
    setSelected(template.key);
    setNaming(false);
    setSheet(!beside);
  };
  const showAll = () => {
    setKind(undefined);
    setSize(undefined);
  };
  const again = () => ask({ requestPolicy: "network-only" });

  const step =
    !chosen || !data?.viewer ? null : preview.error && !content ? (
      <Empty
        icon="warn"
        title={t("previewFailed")}
        action={
          <Button variant="line" onClick={() => askPreview({ requestPolicy: "network-only" })}>
            {t("failed.action")}
          </Button>
        }
      >
        {refusalOf(preview.error).message}
      </Empty>
    ) : naming ? (
      <NewEventForm
        template={chosen}
        opening={content?.sessions ?? []}
        memberships={hosts}
        onBack={() => setNaming(false)}
        onCreated={(id) => navigate(`/organize/events/${id}`)}
      />
    ) : (
      <TemplatePreview
        key={chosen.key}
        template={chosen}
        content={content}
        onUse={() => setNaming(true)}
        onRemoved={() => {
          setSheet(false);
          setSelected(undefined);
          again();
        }}
        titled={beside}
      />
    );

  return (
    <>
      <header className="gallery-top">
        <Wordmark />
        <span className="grow" />
        {hosts.length > 0 && (
          <Button variant="ghost" size="sm" onClick={() => setImporting(true)}>
            <Icon name="doc" size="sm" />
            {t("import.action")}
          </Button>
        )}
        <Link href="/organize" className="btn ghost icon sm" aria-label={t("back")}>
          <Icon name="x" />
        </Link>
      </header>
      <div className="gallery">
        <main id="main" className="gallery-list">
          <h1 className="h1">{t("question")}</h1>
          <p className="lead">{t("lead")}</p>
          {error && !data ? (
            <Empty
              icon="warn"
              title={t("failed.title")}
              action={
                <Button variant="line" onClick={again}>
                  {t("failed.action")}
                </Button>
              }
            >
              {refusalOf(error).message}
            </Empty>
          ) : !data ? (
            <GallerySkeleton />
          ) : all.length === 0 ? (
            <Empty icon="bookmark" title={t("empty.title")}>
              {t("empty.text")}
            </Empty>
          ) : (
            <>
              <div className="gallery-filters" role="group" aria-label={t("filter")}>
                <button type="button" className="chip" aria-pressed={!kind} onClick={() => setKind(undefined)}>
                  {t("all", { count: all.length })}
                </button>
                {categories
                  .filter((one) => all.some((template) => template.category === one))
                  .map((one) => (
                    <button
                      type="button"
                      className="chip"
                      key={one}
                      aria-pressed={kind === one}
                      onClick={() => setKind(one)}
                    >
                      {t(`category.${one}`)}
                    </button>
                  ))}
                {saved.length > 0 && (
                  <button
                    type="button"
                    className="chip"
                    aria-pressed={kind === "YOURS"}
                    onClick={() => setKind("YOURS")}
                  >
                    <Icon name="bookmark" size="sm" />
                    {t("yours", { count: saved.length })}
                  </button>
                )}
                <select
                  className="chip gallery-size"
                  aria-label={t("size.label")}
                  value={size ?? ""}
                  onChange={(event) => setSize(sizes.find((one) => one === event.target.value))}
                >
                  <option value="">{t("size.any")}</option>
                  {sizes.map((one) => (
                    <option value={one} key={one}>
                      {t(`size.${one}`)}
                    </option>
                  ))}
                </select>
              </div>
              <p className="sr" role="status">
                {t("shown", { count: shown.length })}
              </p>
              {shown.length === 0 && (
                <Empty
                  icon="filter"
                  title={t("noneFit.title")}
                  action={
                    <Button variant="line" onClick={showAll}>
                      {t("noneFit.action")}
                    </Button>
                  }
                >
                  {t("noneFit.text")}
                </Empty>
              )}
              <ul className="gallery-cards">
                {shown.map((template) => (
                  <li key={template.key}>
                    <button
                      type="button"
                      className="template-card"
                      aria-pressed={beside ? template.key === chosen?.key : undefined}
                      aria-haspopup={beside ? undefined : "dialog"}
                      onClick={() => choose(template)}
                    >
                      <span className="template-thumb">
                        <TemplateArt art={template.art} />
                      </span>
                      <span>
                        <b className="h4">{template.name}</b>
                        <span className="small muted tagline">{template.tagline}</span>
                        {template.organization && (
                          <span className="tiny muted tagline">{template.organization.name}</span>
                        )}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </main>
        {beside && !(error && !data) && (
          <aside className="template-preview" aria-label={chosen ? t("preview", { name: chosen.name }) : undefined}>
            {step ?? <PreviewSkeleton />}
          </aside>
        )}
      </div>
      {!beside && chosen && (
        <Dialog open={sheet} onClose={() => setSheet(false)} title={chosen.name} kind="sheet">
          <div className="template-sheet">{step}</div>
        </Dialog>
      )}
      {importing && (
        <ImportDialog
          hosts={hosts}
          onClose={() => setImporting(false)}
          onImported={(key) => {
            setImporting(false);
            showAll();
            setSelected(key);
            again();
          }}
        />
      )}
    </>
  );
}

/** The template as the reader's language has it. */
function inOurWords(template: GalleryTemplate): GalleryTemplate {
  const { name, tagline } = inLanguage(template.translations, locale()) ?? template;
  return { ...template, name, tagline };
}

/** Whether the preview has room beside the cards; below that it is a sheet. */
function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia("(min-width: 1101px)").matches);
  useEffect(() => {
    const media = matchMedia("(min-width: 1101px)");
    const changed = () => setWide(media.matches);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, []);
  return wide;
}

function GallerySkeleton() {
  return (
    <div className="gallery-cards loading" aria-hidden="true">
      {[1, 2, 3, 4, 5, 6].map((card) => (
        <div className="template-card" key={card}>
          <span className="template-thumb sk" />
          <Skeleton width="50%" />
        </div>
      ))}
    </div>
  );
}

function PreviewSkeleton() {
  return (
    <div className="stack" aria-hidden="true">
      <Skeleton width="50%" height={24} />
      <Skeleton height={200} />
      <Skeleton />
      <Skeleton width="80%" />
    </div>
  );
}
