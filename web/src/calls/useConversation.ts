import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type DeviceState, useDevice } from "../devices/useDevices.ts";
import type { RoomLine } from "../rooms/live.ts";
import { type Blur, useBlur } from "./blur.ts";
import type { Call } from "./call.ts";
import { type CallNow, type CallPeer, justEntering } from "./callNow.ts";
import { type CameraRule, cameraGoesOut, showsCamera, wantsCamera } from "./cameras.ts";
import { useCall, useSending } from "./useCall.ts";

/** A call as a person takes part in it: what goes on there, and one's own microphone and camera. */
export interface Conversation {
  /** Undefined for the moment before. */
  call: Call | undefined;
  now: CallNow;
  peers: readonly CallPeer[];
  microphone: DeviceState;
  camera: DeviceState;
  muted: boolean;
  setMuted: (muted: boolean) => void;
  /** We would be seen. */
  cameraWanted: boolean;
  setCameraWanted: (wanted: boolean) => void;
  /** We are seen. */
  cameraShown: boolean;
  /** Who would turn cameras on, while we do not. */
  asking: CallPeer | undefined;
  /** Does not ask again as long as that person is there. */
  decline: () => void;
  /** Undefined where the browser cannot. */
  blur: Blur | undefined;
}

export interface ConversationOptions {
  /** Default mutual. */
  cameras?: CameraRule;
  /** Default true: one is heard from the start. */
  microphoneOn?: boolean;
  /** Default true: seen and heard. False only watches and listens, and opens no device. */
  publish?: boolean;
  /** Default true: false stays out of the call, or leaves it. */
  wanted?: boolean;
}

const NOTHING = justEntering("");
const never = () => () => undefined;

/** Takes part in the call of a line while the component is there: microphone first, camera when it is wanted. */
export function useConversation(line: RoomLine | undefined, options: ConversationOptions = {}): Conversation {
  const { cameras = "mutual", microphoneOn = true, publish = true, wanted = true } = options;
  const call = useCall(line, { publish, wanted });
  const now = useSyncExternalStore(call?.subscribe ?? never, call?.current ?? (() => NOTHING));
  const [muted, setMuted] = useState(!microphoneOn);
  const [cameraWanted, setCameraWanted] = useState(false);
  const [declined, setDeclined] = useState<readonly string[]>([]);
  const taking = line !== undefined && wanted && publish && now.state !== "over";
  const microphone = useDevice("microphone", taking);
  const camera = useDevice("camera", taking && cameraWanted);
  const agreed = useRef<readonly string[]>([]);
  const room = line?.room;
  // Every call begins by the voice alone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another call, not another state of this one
  useEffect(() => {
    setCameraWanted(false);
    setDeclined([]);
  }, [room]);

  const cameraShown = cameraGoesOut(cameras, cameraWanted && !!camera.stream, agreed.current, now.peers);
  useEffect(() => {
    agreed.current = cameraShown ? now.peers.map(({ peer }) => peer) : [];
  }, [cameraShown, now.peers]);

  useSending(call, "microphone", microphone.stream);
  useSending(call, "camera", cameraShown ? camera.stream : undefined);
  useEffect(() => call?.offer("camera", cameraWanted), [call, cameraWanted]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a microphone that was changed is as mute as the one before
  useEffect(() => call?.mute("microphone", muted), [call, muted, microphone.stream]);

  const asking = cameraWanted
    ? undefined
    : now.peers.find((one) => wantsCamera(one) && (cameras === "mutual" ? !showsCamera(one) : false));
  return {
    call,
    now,
    peers: now.peers,
    microphone,
    camera,
    muted,
    setMuted,
    cameraWanted,
    setCameraWanted,
    cameraShown,
    asking: asking && !declined.includes(asking.peer) ? asking : undefined,
    decline: () => asking && setDeclined([...declined, asking.peer]),
    blur: useBlur(camera.stream),
  };
}
