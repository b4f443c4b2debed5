import { useRef, useState } from "react";
import { AddSlidesDocument, RemoveSlidesDocument } from "../gql/graphql.ts";
import { Button, Dialog, FormError, Icon } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { PageTurner } from "./PageTurner.tsx";
import { PagesError, uploadPages } from "./pages.ts";
import { useText } from "./text.ts";
import type { Backstage } from "./useBackstage.ts";

interface SlidesDialogProps {
  open: boolean;
  backstage: Backstage;
  onClose: () => void;
}

/** Slides of this stage: bring some, put them on, turn the pages. */
export function SlidesDialog({ open, backstage, onClose }: SlidesDialogProps) {
  const { t } = useText();
  const { room, plan, direct, you, refresh } = backstage;
  const decks = room.stage?.decks ?? [];
  const runs = room.stage?.viewerMayDirect ?? false;
  const shown = plan.on.some((spot) => spot.kind === "slides") ? plan.slides?.deck : undefined;
  const remove = async (id: string) => {
    await send(RemoveSlidesDocument, { id }).catch(() => undefined);
    refresh();
  };
  return (
    <Dialog open={open} onClose={onClose} title={t("slides.title")} kind="sheet">
      <div className="stack">
        {plan.slides && <PageTurner slides={plan.slides} direct={direct} />}
        <ul className="kept">
          {decks.map(({ id, name, pages, person }) => (
            <li key={id} data-testid="deck">
              <img src={pages[0]} alt="" />
              <div className="grow">
                <p className="strong trunc">{name}</p>
                <p className="tiny muted num">{t("slides.pages", { count: pages.length })}</p>
              </div>
              {runs &&
                (shown === id ? (
                  <Button variant="quiet" size="sm" onClick={() => direct.slides(undefined)}>
                    {t("slides.takeDown")}
                  </Button>
                ) : (
                  <Button
                    variant="primary"
                    size="sm"
                    aria-label={t("slides.showName", { name })}
                    onClick={() => direct.slides({ deck: id, page: 0 })}
                  >
                    {t("slides.show")}
                  </Button>
                ))}
              {(runs || person === you.id) && shown !== id && (
                <Button
                  variant="ghost"
                  size="sm"
                  icon
                  aria-label={t("slides.remove", { name })}
                  onClick={() => void remove(id)}
                >
                  <Icon name="x" size="sm" />
                </Button>
              )}
            </li>
          ))}
        </ul>
        {decks.length === 0 && <p className="muted small">{t("slides.empty")}</p>}
        <SlidesUpload room={room.id} onDone={refresh} />
      </div>
    </Dialog>
  );
}

/** A PDF becomes pictures here, so that the server opens nobody's documents. */
export function SlidesUpload({ room, onDone }: { room: string; onDone: () => void }) {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<{ page: number; pages: number }>();
  const [problem, setProblem] = useState<string>();
  const take = async (file: File) => {
    setProblem(undefined);
    setProgress({ page: 0, pages: 1 });
    try {
      const pages = await uploadPages(file, (page, of) => setProgress({ page, pages: of }));
      await send(AddSlidesDocument, { room, name: file.name.replace(/\.[^.]+$/, "").slice(0, 120), pages });
      onDone();
    } catch (error) {
      setProblem(
        error instanceof PagesError
          ? t(`slides.problem.${error.problem}`)
          : error instanceof Error && error.name === "UploadError"
            ? error.message || t("slides.problem.failed")
            : refusalOf(error).message,
      );
    } finally {
      setProgress(undefined);
    }
  };
  return (
    <div className="stack">
      {problem && <FormError>{problem}</FormError>}
      <input
        ref={field}
        type="file"
        hidden
        aria-label={t("slides.upload")}
        accept="application/pdf,image/png,image/jpeg,image/webp"
        data-testid="slides-file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void take(file);
        }}
      />
      <Button variant="line" block pending={progress !== undefined} onClick={() => field.current?.click()}>
        <Icon name="plus" />
        {progress ? t("slides.uploading", progress) : t("slides.upload")}
      </Button>
    </div>
  );
}
