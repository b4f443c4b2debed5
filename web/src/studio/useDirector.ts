import { useMemo, useState } from "react";
import { DirectStageDocument, type StageCommandInput } from "../gql/graphql.ts";
import { useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import type { Director } from "./director.ts";

/** Commands to the stage of a room. What the server refuses is said in its own words; nothing else changes here. */
export function useDirector(room: string): Director {
  const toast = useToast();
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set());
  const commands = useMemo(() => {
    const run = async (name: string, command: StageCommandInput) => {
      setPending((before) => new Set(before).add(name));
      try {
        await send(DirectStageDocument, { room, id: crypto.randomUUID(), command });
      } catch (error) {
        toast({ text: refusalOf(error).message, icon: "warn" });
      } finally {
        setPending((before) => {
          const rest = new Set(before);
          rest.delete(name);
          return rest;
        });
      }
    };
    return directorOf(run);
  }, [room, toast]);
  return useMemo(() => ({ ...commands, pending }), [commands, pending]);
}

/** Each act as the one command it is. */
export function directorOf(
  run: (name: string, command: StageCommandInput) => Promise<void>,
): Omit<Director, "pending"> {
  return {
    bringOn: (person) => run(`bringOn ${person}`, { bringOn: { person } }),
    takeOff: (spot) => run(`takeOff ${spot}`, { takeOff: spot }),
    order: (spots) => run("order", { order: [...spots] }),
    layout: (layout) => run("layout", { layout: LAYOUTS[layout] }),
    lowerThird: (spot, words) => run(`lowerThird ${spot}`, { lowerThird: { spot, ...words } }),
    next: (person, seconds) =>
      person
        ? run("next", { next: { person, ...(seconds !== undefined && { seconds }) } })
        : run("next", { clear: "NEXT" }),
    ready: () => run("ready", { ready: true }),
    timer: (timer) => run("timer", timer ? { timer } : { clear: "TIMER" }),
    card: (card) =>
      run("card", card ? { card: { kind: KINDS[card.kind], title: card.title, text: card.text } } : { clear: "CARD" }),
    bringScreen: (person) => run(`screen ${person}`, { bringOn: { kind: "SCREEN", person, position: 0 } }),
    slides: async (slides) => {
      if (!slides) return run("slides", { clear: "SLIDES" });
      await run("slides", { slides });
      await run("slides on", { bringOn: { kind: "SLIDES", position: 0 } });
    },
    turn: (page) => run("turn", { slides: { page } }),
    clip: (clip) => run("clip", clip ? { clip } : { clear: "CLIP" }),
    ask: (person) => run(`ask ${person}`, { askHand: { person } }),
    lower: (person) => run(`lower ${person}`, { dismissHand: person }),
    mute: (person, muted) => run(`mute ${person}`, { mute: { person, muted } }),
    remove: (person) => run(`remove ${person}`, { removeFromBackstage: person }),
  };
}

const LAYOUTS = { solo: "SOLO", duo: "DUO", grid: "GRID", slides: "SLIDES", corner: "CORNER" } as const;
const KINDS = { starting: "STARTING", break: "BREAK", ended: "ENDED", custom: "CUSTOM" } as const;
