import { useEffect, useRef, useState } from "react";
import { Icon } from "../platform/components/index.ts";
import type { IconName } from "../platform/icons/names.ts";
import { formatNumber } from "../platform/time/format.ts";
import type { LiveRoom } from "./live.ts";
import { useText } from "./text.ts";
import { REACTIONS, type Reaction } from "./wire.ts";

/** At most this many rise at once; what is above is a number. */
export const FLOATING_LIMIT = 12;
/** How long one rises, in milliseconds; the same as in the style sheet. */
const RISE_MS = 4_500;
/** A pressed reaction stays lit this long. */
const LIT_MS = 400;

const ICONS: Record<Reaction, IconName> = { clap: "clap", heart: "heart", laugh: "laugh", idea: "bulb" };
const LOOKS: Record<Reaction, string> = { clap: "", heart: "g", laugh: "", idea: "d" };

/** Four ways to react without words. */
export function ReactionBar({ live }: { live: LiveRoom }) {
  const { t } = useText();
  const [lit, setLit] = useState<Reaction>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const react = (kind: Reaction) => {
    live.react(kind);
    setLit(kind);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setLit(undefined), LIT_MS);
  };
  return (
    <div className="rbar" role="group" aria-label={t("react.label")}>
      {REACTIONS.map((kind) => (
        <button
          type="button"
          key={kind}
          aria-label={t(`react.${kind}`)}
          data-pressed={lit === kind || undefined}
          onClick={() => react(kind)}
        >
          <Icon name={ICONS[kind]} />
        </button>
      ))}
    </div>
  );
}

interface Floating {
  id: number;
  kind: Reaction;
  left: number;
  delay: number;
  /** Where it holds still for people who want no motion. */
  rest: number;
}

/** Reactions of everybody, rising at the stage's edge. Decoration: nothing here is said in words or stored. */
export function FloatingReactions({ live }: { live: LiveRoom }) {
  const [floating, setFloating] = useState<Floating[]>([]);
  const [beyond, setBeyond] = useState(0);
  const next = useRef(0);

  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const later = (run: () => void, ms: number) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
      }, ms);
      timers.add(timer);
    };
    let shown = 0;
    const stop = live.onReactions((counts) => {
      const all = REACTIONS.flatMap((kind) => Array.from({ length: Math.min(200, counts[kind] ?? 0) }, () => kind));
      const room = Math.max(0, FLOATING_LIMIT - shown);
      const rising = all.slice(0, room).map((kind, index): Floating => {
        const id = next.current++;
        return { id, kind, left: 14 + ((id * 29) % 44), delay: index * 90, rest: 8 + (id % FLOATING_LIMIT) * 27 };
      });
      const rest = all.length - rising.length;
      if (rising.length > 0) {
        shown += rising.length;
        setFloating((before) => [...before, ...rising]);
        const gone = new Set(rising.map(({ id }) => id));
        later(
          () => {
            shown -= gone.size;
            setFloating((before) => before.filter(({ id }) => !gone.has(id)));
          },
          RISE_MS + all.length * 90,
        );
      }
      if (rest > 0) {
        setBeyond((before) => before + rest);
        later(() => setBeyond((before) => before - rest), RISE_MS);
      }
    });
    return () => {
      stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [live]);

  return (
    <div className="float" aria-hidden="true" data-testid="reactions">
      {floating.map(({ id, kind, left, delay, rest }) => (
        <i
          key={id}
          className={LOOKS[kind]}
          data-kind={kind}
          style={{ left, animationDelay: `${delay}ms`, "--b": rest } as React.CSSProperties}
        >
          <Icon name={ICONS[kind]} />
        </i>
      ))}
      {beyond > 0 && <b className="num">+{formatNumber(beyond)}</b>}
    </div>
  );
}
