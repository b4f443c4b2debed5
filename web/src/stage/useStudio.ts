import { useCallback, useEffect, useState } from "react";
import { EndBroadcastDocument, GoLiveDocument } from "../gql/graphql.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { Compositor } from "./compositor.ts";
import { openScreen } from "./devices.ts";
import { type Layout, planAlone } from "./localPlan.ts";
import { recordingType } from "./recording.ts";
import { Uplink } from "./uplink.ts";
import { type DeviceState, useDevice } from "./useDevices.ts";

/** Where a speaker is on the way to the stage and back. */
export type StudioPhase = "check" | "backstage" | "opening" | "live" | "ending" | "ended";

export interface Studio {
  phase: StudioPhase;
  compositor: Compositor;
  camera: DeviceState;
  microphone: DeviceState;
  cameraOn: boolean;
  muted: boolean;
  sharing: boolean;
  layout: Layout;
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
  setLayout: (layout: Layout) => void;
  goLive: () => void;
  end: () => void;
  backToStart: () => void;
}

/** How the speaker is called in the plan of one who is alone. */
const SELF = "self";

/** Everything a speaker's browser does for a stage; undefined for the moment before the compositor stands. */
export function useStudio(room: string, name: string): Studio | undefined {
  const compositor = useCompositor();
  const camera = useDevice("camera");
  const microphone = useDevice("microphone");
  const [phase, setPhase] = useState<StudioPhase>("check");
  const [cameraOn, setCameraOn] = useState(true);
  const [muted, setMuted] = useState(false);
  const [screen, setScreen] = useState<MediaStream>();
  const [layout, setLayout] = useState<Layout>("corner");
  const [uplink, setUplink] = useState<Uplink>();
  const [startedAt, setStartedAt] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [broadcast, setBroadcast] = useState<string>();

  useEffect(() => {
    compositor?.feed([
      { person: SELF, camera: cameraOn ? camera.stream : undefined, microphone: microphone.stream, screen },
    ]);
  }, [compositor, camera.stream, cameraOn, microphone.stream, screen]);
  useEffect(() => {
    compositor?.show(planAlone({ person: SELF, name, cameraOn, muted, sharing: screen !== undefined, layout }));
  }, [compositor, name, cameraOn, muted, screen, layout]);
  useEffect(() => () => stopAll(screen), [screen]);
  useEffect(() => () => uplink?.abandon(), [uplink]);

  // The server may stop taking the broadcast, for example because somebody else took the stage.
  useEffect(() => {
    if (!uplink) return;
    return uplink.subscribe(() => {
      const { state, refusal: reason } = uplink.current();
      if (state !== "refused" || !reason) return;
      setRefusal({ ...reason, field: undefined });
      setUplink(undefined);
      setPhase("ended");
    });
  }, [uplink]);

  const goLive = useCallback(async () => {
    if (!compositor) return;
    setPhase("opening");
    setRefusal(undefined);
    try {
      await compositor.wake();
      const { goLive: opened } = await send(GoLiveDocument, { room });
      const type = recordingType(opened.container);
      if (!type) throw { code: "cannot-record", message: "", field: undefined } satisfies Refusal;
      setBroadcast(opened.broadcast.id);
      const made = new Uplink(opened.uploadUrl, compositor.stream, type);
      made.start();
      setUplink(made);
      setStartedAt(new Date(opened.broadcast.startedAt).getTime());
      setPhase("live");
    } catch (error) {
      setRefusal(refusalOf(error));
      setPhase("backstage");
    }
  }, [compositor, room]);

  const end = useCallback(async () => {
    setPhase("ending");
    await uplink?.finish();
    try {
      if (broadcast) await send(EndBroadcastDocument, { id: broadcast });
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
    sharing: screen !== undefined,
    layout,
    uplink,
    broadcast,
    startedAt,
    refusal,
    enter: () => setPhase("backstage"),
    setCameraOn,
    setMuted,
    toggleSharing: () => void toggleSharing(),
    setLayout,
    goLive: () => void goLive(),
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
