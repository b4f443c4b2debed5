import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { openScreen } from "../devices/devices.ts";
import { type DeviceState, useDevice } from "../devices/useDevices.ts";
import { EndBroadcastDocument, GoLiveDocument } from "../gql/graphql.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { Compositor } from "./compositor.ts";
import { recordingType } from "./recording.ts";
import { Uplink } from "./uplink.ts";

/** Where a speaker is on the way to the stage and back. */
export type StudioPhase = "check" | "backstage" | "opening" | "live" | "ending" | "ended";

export interface Studio {
  phase: StudioPhase;
  compositor: Compositor;
  camera: DeviceState;
  microphone: DeviceState;
  cameraOn: boolean;
  muted: boolean;
  /** The shared screen. */
  screen: MediaStream | undefined;
  /** While live: how the recording gets to the server. */
  uplink: Uplink | undefined;
  /** The broadcast opened last; its replay has the same id. */
  broadcast: string | undefined;
  /** When this broadcast began, Unix milliseconds. */
  startedAt: number | undefined;
  /** Why going live did not work. */
  refusal: Refusal | undefined;
  enter: () => void;
  setCameraOn: (on: boolean) => void;
  setMuted: (muted: boolean) => void;
  toggleSharing: () => void;
  /** Opens the stage, and makes the audience's picture in this window. */
  goLive: () => void;
  /** Goes on with a broadcast that is open: the plan says that this window makes its picture now. */
  takeOver: () => void;
  /** Another makes the picture now. */
  standDown: () => void;
  end: () => void;
  /** What the room behind the stage knows and the broadcast needs, see useHost. */
  desk: RefObject<Desk>;
  backToStart: () => void;
}

/** What is known once the rooms are joined. */
export interface Desk {
  /** Has the plan name this window as the one that makes the picture. */
  claim?: () => Promise<void>;
  /** This window in the call. */
  peer?: string | undefined;
  /** The broadcast that is open, whoever opened it. */
  broadcast?: string | undefined;
  /** What this window has ended: news that it is open are late. */
  ended?: string | undefined;
}

/** Who one is before the room behind the stage says so. */
const SELF = "self";

interface StudioOptions {
  /** False: not seen, only heard, unless they change their mind. */
  camera?: boolean;
}

/** Everything a speaker's browser does for a stage; undefined for the moment before the compositor stands. */
export function useStudio(room: string, { camera: seen = true }: StudioOptions = {}): Studio | undefined {
  const compositor = useCompositor();
  const [cameraOn, setCameraOn] = useState(seen);
  const camera = useDevice("camera", cameraOn);
  const microphone = useDevice("microphone");
  const [phase, setPhase] = useState<StudioPhase>("check");
  const [muted, setMuted] = useState(false);
  const [screen, setScreen] = useState<MediaStream>();
  const [uplink, setUplink] = useState<Uplink>();
  const [startedAt, setStartedAt] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [broadcast, setBroadcast] = useState<string>();
  const desk = useRef<Desk>({});

  // What nobody else sees needs no full pace; before it is recorded it must be there.
  const forAudience = phase === "opening" || phase === "live" || phase === "ending";
  useEffect(() => {
    if (compositor) compositor.preview = !forAudience;
  }, [compositor, forAudience]);

  // Backstage the compositor is fed with everybody, see useComposition; before, its meter hears us alone.
  const checking = phase === "check";
  useEffect(() => {
    if (checking) compositor?.feed([{ person: SELF, microphone: microphone.stream }]);
  }, [compositor, checking, microphone.stream]);
  useEffect(() => () => stopAll(screen), [screen]);
  useEffect(() => () => uplink?.abandon(), [uplink]);

  // The server may stop taking the broadcast, for example because somebody else took the stage.
  useEffect(() => {
    if (!uplink) return;
    return uplink.subscribe(() => {
      const { state, refusal: reason } = uplink.current();
      if (state !== "refused" || !reason) return;
      setUplink(undefined);
      // Another window of ours, or of the crew, goes on with it.
      if (reason.code === "taken-over") setPhase("backstage");
      else {
        setRefusal({ ...reason, field: undefined });
        setPhase("ended");
      }
    });
  }, [uplink]);

  const goLive = useCallback(
    async (goesOn?: string) => {
      if (!compositor) return;
      setPhase("opening");
      setRefusal(undefined);
      try {
        await compositor.wake();
        const { goLive: opened } = await send(GoLiveDocument, { room, broadcast: goesOn ?? null });
        const type = recordingType(opened.container);
        if (!type) throw { code: "cannot-record", message: "", field: undefined } satisfies Refusal;
        setBroadcast(opened.broadcast.id);
        if (!goesOn) await desk.current.claim?.();
        const made = new Uplink(opened.uploadUrl, compositor.stream, type, () => desk.current.peer);
        made.start();
        setUplink(made);
        setStartedAt(new Date(opened.broadcast.startedAt).getTime());
        setPhase("live");
      } catch (error) {
        setRefusal(refusalOf(error));
        setPhase("backstage");
      }
    },
    [compositor, room],
  );

  const standDown = useCallback(() => {
    setUplink(undefined);
    setPhase("backstage");
  }, []);

  const end = useCallback(async () => {
    setPhase("ending");
    await uplink?.finish();
    try {
      const id = desk.current.broadcast ?? broadcast;
      desk.current.ended = id;
      if (id) await send(EndBroadcastDocument, { id });
      setRefusal(undefined);
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    setUplink(undefined);
    setScreen(undefined);
    setPhase("ended");
  }, [uplink, broadcast]);

  const toggleSharing = useCallback(async () => {
    if (screen) {
      setScreen(undefined);
      return;
    }
    const opened = await openScreen();
    for (const track of opened?.getVideoTracks() ?? []) track.onended = () => setScreen(undefined);
    setScreen(opened);
  }, [screen]);

  if (!compositor) return undefined;
  return {
    phase,
    compositor,
    camera,
    microphone,
    cameraOn,
    muted,
    screen,
    uplink,
    broadcast,
    startedAt,
    refusal,
    enter: () => setPhase("backstage"),
    setCameraOn,
    setMuted,
    toggleSharing: () => void toggleSharing(),
    goLive: () => void goLive(),
    takeOver: () => {
      if (desk.current.broadcast) void goLive(desk.current.broadcast);
    },
    standDown,
    desk,
    end: () => void end(),
    backToStart: () => {
      setRefusal(undefined);
      setPhase("backstage");
    },
  };
}

function useCompositor(): Compositor | undefined {
  const [compositor, setCompositor] = useState<Compositor>();
  useEffect(() => {
    const made = new Compositor({ timecode: new URLSearchParams(location.search).has("timecode"), self: SELF });
    setCompositor(made);
    // Browsers start sound only after a person did something.
    const wake = () => void made.wake();
    addEventListener("pointerdown", wake);
    addEventListener("keydown", wake);
    void made.wake();
    return () => {
      removeEventListener("pointerdown", wake);
      removeEventListener("keydown", wake);
      made.close();
    };
  }, []);
  return compositor;
}

function stopAll(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
