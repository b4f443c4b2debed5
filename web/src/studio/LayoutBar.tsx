import { Icon } from "../platform/components/index.ts";
import type { IconName } from "../platform/icons/names.ts";
import type { StageLayout } from "../stage/plan.ts";
import { useText } from "./text.ts";

const LAYOUTS: { layout: StageLayout; icon: IconName }[] = [
  { layout: "solo", icon: "solo" },
  { layout: "duo", icon: "duo" },
  { layout: "slides", icon: "side" },
  { layout: "grid", icon: "grid" },
  { layout: "corner", icon: "pip" },
];

interface LayoutBarProps {
  layout: StageLayout;
  onLayout: (layout: StageLayout) => void;
  children?: React.ReactNode;
}

/** How those on stage stand together; arrow keys go from one to the next, as in any group of choices. */
export function LayoutBar({ layout, onLayout, children }: LayoutBarProps) {
  const { t } = useText();
  const walk = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = LAYOUTS.findIndex((choice) => choice.layout === layout);
    const next = LAYOUTS[(at + step + LAYOUTS.length) % LAYOUTS.length];
    if (!next) return;
    onLayout(next.layout);
    const group = event.currentTarget;
    group.querySelector<HTMLElement>(`[data-layout="${next.layout}"]`)?.focus();
  };
  return (
    <div className="lay">
      <div className="seg" role="radiogroup" aria-label={t("layout.label")} onKeyDown={walk}>
        {LAYOUTS.map((choice) => (
          <button
            type="button"
            key={choice.layout}
            data-layout={choice.layout}
            role="radio"
            aria-checked={layout === choice.layout}
            tabIndex={layout === choice.layout ? 0 : -1}
            onClick={() => onLayout(choice.layout)}
          >
            <Icon name={choice.icon} />
            {t(`layout.${choice.layout}`)}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
