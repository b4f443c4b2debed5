import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

export interface PanelTab<Name extends string> {
  name: Name;
  label: string;
  /** Beside the label; a number of new things, when `fresh`. */
  count?: string | number | undefined;
  fresh?: boolean;
  className?: string;
}

interface TabsProps<Name extends string> {
  label: string;
  tabs: readonly PanelTab<Name>[];
  chosen: Name;
  onChoose: (name: Name) => void;
  /** At the end of the row. */
  aside?: ReactNode;
  children: ReactNode;
}

/** Tabs and what the chosen one shows; arrow keys go from tab to tab. */
export function Tabs<Name extends string>({ label, tabs, chosen, onChoose, aside, children }: TabsProps<Name>) {
  const id = useId();
  const buttons = useRef<Partial<Record<Name, HTMLButtonElement | null>>>({});
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = tabs.findIndex((tab) => tab.name === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.name);
    buttons.current[next.name]?.focus();
  };
  return (
    <>
      <div className="tabs panel-tabs">
        <div className="row tab-list" role="tablist" aria-label={label} onKeyDown={walk}>
          {tabs.map(({ name, label: words, count, fresh, className }) => (
            <button
              type="button"
              key={name}
              ref={(button) => {
                buttons.current[name] = button;
              }}
              className={className ? `tab ${className}` : "tab"}
              role="tab"
              id={`${id}-${name}`}
              aria-selected={name === chosen}
              aria-controls={`${id}-content`}
              tabIndex={name === chosen ? 0 : -1}
              onClick={() => onChoose(name)}
            >
              {words}
              {count !== undefined && count !== 0 && <span className={fresh ? "count new" : "count"}>{count}</span>}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <div className="panel-content" id={`${id}-content`} role="tabpanel" aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </>
  );
}
