import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { Link, useLocation } from "wouter";
import { TemplateGalleryDocument, type TemplateGalleryQuery } from "../gql/graphql.ts";
import { Button, Dialog, Empty, Icon, Skeleton } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { Wordmark } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { NewEventForm } from "./NewEventForm.tsx";
import { TemplateArt } from "./TemplateArt.tsx";
import { TemplatePreview } from "./TemplatePreview.tsx";
import { useTemplatesText } from "./text.ts";
import "./templates.css";

export type GalleryTemplate = TemplateGalleryQuery["templates"][number];

const categories = ["TALKS", "MEETING", "LEARNING", "COMPANY"] as const;

/** Where every event starts: choose a complete one, see what is in it, then give it a name and a date. */
export default function TemplateGalleryPage() {
  const { t } = useTemplatesText();
  const [, navigate] = useLocation();
  const [{ data, error }, ask] = useQuery({ query: TemplateGalleryDocument });
  const [category, setCategory] = useState<(typeof categories)[number]>();
  const [selected, setSelected] = useState<string>();
  const [naming, setNaming] = useState(false);
  const [sheet, setSheet] = useState(false);
  const beside = useWide();
  useTitle(t("title"));

  useEffect(() => {
    if (data && !data.viewer) navigate("/sign-in?returnTo=/organize/new", { replace: true });
  }, [data, navigate]);

  const all = data?.templates ?? [];
  const shown = category ? all.filter((template) => template.category === category) : all;
  const chosen = all.find((template) => template.key === selected) ?? shown[0];

  const choose = (template: GalleryTemplate) => {
    setSelected(template.key);
    setNaming(false);
    setSheet(!beside);
  };

  const step =
    !chosen || !data?.viewer ? null : naming ? (
      <NewEventForm
        template={chosen}
        memberships={data.viewer.memberships}
        onBack={() => setNaming(false)}
        onCreated={(id) => navigate(`/organize/events/${id}`)}
      />
    ) : (
      <TemplatePreview template={chosen} onUse={() => setNaming(true)} titled={beside} />
    );

  return (
    <>
      <header className="gallery-top">
        <Wordmark />
        <span className="grow" />
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
                <Button variant="line" onClick={() => ask({ requestPolicy: "network-only" })}>
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
                <button type="button" className="chip" aria-pressed={!category} onClick={() => setCategory(undefined)}>
                  {t("all", { count: all.length })}
                </button>
                {categories
                  .filter((one) => all.some((template) => template.category === one))
                  .map((one) => (
                    <button
                      type="button"
                      className="chip"
                      key={one}
                      aria-pressed={category === one}
                      onClick={() => setCategory(one)}
                    >
                      {t(`category.${one}`)}
                    </button>
                  ))}
              </div>
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
    </>
  );
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
