import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { minuteOfDay, toWallClock } from "../events/wallClock.ts";
import type { PlacedSession } from "./conflicts.ts";
import { besideRoom, type Place, placeOf, STEP_MINUTES, samePlace, shift, snap, stretch } from "./places.ts";

/** A session in somebody's hand: shown where it would be, saved when it is put down. */
export interface Hold<S extends PlacedSession> {
  session: S;
  place: Place;
  by: "keys" | "pointer";
}

interface HoldOptions<S extends PlacedSession> {
  rooms: readonly { id: string }[];
  zone: string;
  /** First and last minute of the day that the grid shows. */
  from: number;
  to: number;
  onPick: (session: S) => void;
  onPlace: (session: S, place: Place) => void;
  onDrop: (session: S, place: Place) => void;
  onPutBack: (session: S) => void;
}

/** How far the pointer goes before a press is a drag. */
const SLACK_PX = 4;
/** The lower edge that is pulled to change the length. */
const EDGE_PX = 9;

/** What arrows do to a session that is held. */
export function stepOf(
  key: string,
  shifted: boolean,
  place: Place,
  rooms: readonly { id: string }[],
  zone: string,
): Place | undefined {
  const down = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (down) return shifted ? stretch(place, down * STEP_MINUTES) : shift(place, down * STEP_MINUTES, zone);
  if (key === "PageDown" || key === "PageUp") return shift(place, key === "PageDown" ? 60 : -60, zone);
  if (key === "ArrowRight" || key === "ArrowLeft") return besideRoom(place, rooms, key === "ArrowRight" ? 1 : -1);
  return undefined;
}

/** Picks sessions up by pointer or by keyboard, and puts them down. What is on the server does not change before that. */
export function useHold<S extends PlacedSession>(options: HoldOptions<S>) {
  const [hold, setHold] = useState<Hold<S>>();
  const latest = useRef(options);
  latest.current = options;
  // What the hand holds between two drawings, too: the pointer is faster than they are.
  const inHand = useRef<Hold<S>>(undefined);
  const stopPointer = useRef<() => void>(undefined);
  const wasDragged = useRef(false);

  // In another room it is another element: the focus goes with it.
  const heldBy = hold?.by === "keys" ? `${hold.session.id} ${hold.place.room}` : "";
  useLayoutEffect(() => {
    if (heldBy) document.getElementById(`session-${heldBy.split(" ")[0]}`)?.focus();
  }, [heldBy]);
  useEffect(() => () => stopPointer.current?.(), []);

  const take = (next: Hold<S> | undefined) => {
    inHand.current = next;
    setHold(next);
  };

  /** Empties the hand; answers what was in it. */
  const release = () => {
    const held = inHand.current;
    stopPointer.current?.();
    take(undefined);
    return held;
  };

  const putBack = () => {
    const held = release();
    if (held) latest.current.onPutBack(held.session);
  };

  const drop = () => {
    const held = release();
    if (held) latest.current.onDrop(held.session, held.place);
  };

  const place = (held: Hold<S>, to: Place) => {
    if (samePlace(held.place, to)) return;
    take({ ...held, place: to });
    latest.current.onPlace(held.session, to);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, session: S) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { rooms, zone, onPick } = latest.current;
    const held = inHand.current;
    if (held?.session.id !== session.id) {
      if (event.key === " " && !held) {
        take({ session, place: placeOf(session), by: "keys" });
        onPick(session);
      } else if (!moveFocus(event.key, event.currentTarget)) return;
      event.preventDefault();
      return;
    }
    const to = stepOf(event.key, event.shiftKey, held.place, rooms, zone);
    if (to) place(held, to);
    else if (event.key === "Enter" || event.key === " " || event.key === "Tab") drop();
    else if (event.key === "Escape") putBack();
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>, session: S) => {
    const item = event.currentTarget.closest("li");
    const column = item?.closest("ol");
    wasDragged.current = false;
    // Fingers scroll, and on a phone there is no grid: the dialog is for both.
    if (event.button !== 0 || event.pointerType === "touch" || !item || !column) return;
    if (getComputedStyle(item).position !== "absolute") return;
    if (inHand.current) putBack();
    const { from, to, zone } = latest.current;
    const start = placeOf(session);
    const [x, y] = [event.clientX, event.clientY];
    const resizes = item.getBoundingClientRect().bottom - y < EDGE_PX;
    const perMinute = column.getBoundingClientRect().height / (to - from);
    const begins = minuteOfDay(toWallClock(session.startsAt, zone));
    const move = (at: globalThis.PointerEvent) => {
      if (!inHand.current && Math.hypot(at.clientX - x, at.clientY - y) < SLACK_PX) return;
      if (!inHand.current) {
        take({ session, place: start, by: "pointer" });
        wasDragged.current = true;
        latest.current.onPick(session);
      }
      const minutes = snap((at.clientY - y) / perMinute);
      const within = Math.min(Math.max(begins + minutes, from), to - STEP_MINUTES) - begins;
      const room = roomAt(at.clientX);
      const next = resizes ? stretch(start, minutes) : shift({ ...start, room: room ?? start.room }, within, zone);
      if (inHand.current) place(inHand.current, next);
    };
    const end = () => {
      drop();
      // After the click that ends the drag, which another element may get.
      setTimeout(() => {
        wasDragged.current = false;
      }, 0);
    };
    const cancelKey = (pressed: globalThis.KeyboardEvent) => pressed.key === "Escape" && putBack();
    stopPointer.current = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", putBack);
      window.removeEventListener("keydown", cancelKey);
      stopPointer.current = undefined;
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", putBack);
    window.addEventListener("keydown", cancelKey);
  };

  /** True for the click that ends a drag: it opens nothing. */
  const endsDrag = () => wasDragged.current;

  return { hold, onKeyDown, onPointerDown, endsDrag };
}

/** The room whose column is at this place of the window. */
function roomAt(x: number): string | undefined {
  for (const column of document.querySelectorAll<HTMLElement>(".agenda-room")) {
    const { left, right } = column.getBoundingClientRect();
    if (x >= left && x < right) return column.dataset["room"];
  }
  return undefined;
}

/** Arrows go from session to session: up and down in a room, left and right to the nearest in time. Answers whether there was one. */
function moveFocus(key: string, from: HTMLElement): boolean {
  const columns = [...document.querySelectorAll<HTMLElement>(".agenda-room")];
  const index = columns.findIndex((column) => column.contains(from));
  const buttons = (column: HTMLElement | undefined) => [
    ...(column?.querySelectorAll<HTMLElement>(".agenda-session > button") ?? []),
  ];
  if (key === "ArrowDown" || key === "ArrowUp") {
    const all = buttons(columns[index]);
    const next = all[all.indexOf(from) + (key === "ArrowDown" ? 1 : -1)];
    next?.focus();
    return true;
  }
  if (key !== "ArrowLeft" && key !== "ArrowRight") return false;
  const by = key === "ArrowRight" ? 1 : -1;
  const top = from.getBoundingClientRect().top;
  for (let column = index + by; column >= 0 && column < columns.length; column += by) {
    const nearest = buttons(columns[column]).sort(
      (a, b) => Math.abs(a.getBoundingClientRect().top - top) - Math.abs(b.getBoundingClientRect().top - top),
    )[0];
    if (!nearest) continue;
    nearest.focus();
    break;
  }
  return true;
}
