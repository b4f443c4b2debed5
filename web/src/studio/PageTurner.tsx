import { Button, Icon } from "../platform/components/index.ts";
import type { StageSlides } from "../stage/plan.ts";
import type { Director } from "./director.ts";
import { useText } from "./text.ts";

/** The page on stage, the one that follows, and turning; arrow keys turn while it has the focus. */
export function PageTurner({ slides, direct }: { slides: StageSlides; direct: Director }) {
  const { t } = useText();
  const { page, pages } = slides;
  const turn = (to: number) => to >= 0 && to < pages.length && direct.turn(to);
  return (
    <fieldset
      className="turner"
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        turn(page + step);
      }}
    >
      <legend className="sr">{t("slides.yours")}</legend>
      <img src={pages[page]} alt={t("slides.page", { page: page + 1, pages: pages.length })} />
      <div className="row">
        <Button
          variant="quiet"
          size="sm"
          icon
          aria-label={t("slides.before")}
          disabled={page === 0}
          onClick={() => turn(page - 1)}
        >
          <Icon name="left" />
        </Button>
        <p className="small strong num" role="status">
          {t("slides.page", { page: page + 1, pages: pages.length })}
        </p>
        <Button
          variant="quiet"
          size="sm"
          icon
          aria-label={t("slides.after")}
          disabled={page >= pages.length - 1}
          onClick={() => turn(page + 1)}
        >
          <Icon name="right" />
        </Button>
      </div>
    </fieldset>
  );
}
