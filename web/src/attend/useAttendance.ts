import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { RoomLine } from "../rooms/live.ts";
import { Attendance, type AttendanceView } from "./attendance.ts";
import { attend } from "./lines.ts";

/** Stands in for the moment before the first effect. */
const NOBODY = new Attendance("");

function useHeld(event: string): Attendance {
  const [held, setHeld] = useState(NOBODY);
  useEffect(() => {
    const { attendance, release } = attend(event);
    setHeld(attendance);
    return release;
  }, [event]);
  return held;
}

/** This person at the event, while the page is shown. All of a tab share one connection: the room page's own when there is one. */
export function useAttendance(event: string): AttendanceView & Pick<Attendance, "invoke"> {
  const held = useHeld(event);
  const view = useSyncExternalStore(held.subscribe, held.current);
  const [invoke] = useState(() => {
    const at: Attendance["invoke"] = (method, argument) => latest.current.invoke(method, argument);
    return at;
  });
  const latest = useRef(held);
  latest.current = held;
  return { ...view, invoke };
}

/** Hears what this person is told about something at the event. It may be lost: see {@link useOnReturn}. */
export function useTold<T>(event: string, about: string, handler: (data: T) => void): void {
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => {
    const { attendance, release } = attend(event);
    const stop = attendance.onTold(about, (data) => latest.current(data as T));
    return () => {
      stop();
      release();
    };
  }, [event, about]);
}

/** Asks for the truth whenever we are told again what happens, the first time included: what was told before is lost. */
export function useOnReturn(event: string, refetch: () => void): void {
  const latest = useRef(refetch);
  latest.current = refetch;
  useEffect(() => {
    const { attendance, release } = attend(event);
    const stop = attendance.onReturn(() => latest.current());
    return () => {
      stop();
      release();
    };
  }, [event]);
}

/** The way to a call that belongs to no room, over this tab's connection to the event; undefined for the moment before. */
export function useCallLine(event: string, call: string): RoomLine | undefined {
  const held = useHeld(event);
  return useMemo(() => (held === NOBODY ? undefined : held.callLine(call)), [held, call]);
}
