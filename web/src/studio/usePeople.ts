import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Call } from "../calls/call.ts";
import type { CallNow, CallPeer } from "../calls/callNow.ts";
import { useCall, useSending } from "../calls/useCall.ts";
import type { LiveRoom } from "../rooms/live.ts";
import type { You } from "../rooms/wire.ts";
import type { Studio } from "../stage/useStudio.ts";
import type { StagePerson } from "./people.ts";

export interface People {
  people: readonly StagePerson[];
  call: Call | undefined;
  view: CallNow | undefined;
}

/** Everybody in the call of the room behind the stage, ourselves first; what we have is sent while we are there. */
export function usePeople(behind: LiveRoom, you: You | undefined, studio: Studio): People {
  const call = useCall(behind);
  const camera = studio.cameraOn ? studio.camera.stream : undefined;
  const microphone = studio.microphone.stream;
  const { screen, muted } = studio;
  useSending(call, "camera", camera);
  useSending(call, "microphone", microphone);
  useSending(call, "screen", screen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another microphone is muted like the one before
  useEffect(() => call?.mute("microphone", muted), [call, muted, microphone]);
  const view = useSyncExternalStore(call?.subscribe ?? never, call?.current ?? nothing);
  const peers = view?.peers ?? NOBODY;
  const peer = view?.me ?? "";
  const silenced = view?.silenced ?? false;
  const weak = view?.uplink === "poor";
  const people = useMemo(() => {
    const others = peers.map(personOf);
    if (!you) return others;
    const self: StagePerson = {
      person: you.id,
      peer,
      name: you.name,
      role: you.role,
      you: true,
      camera,
      screen,
      microphone,
      muted: muted || silenced || !microphone,
      talking: false,
      weak,
    };
    return [self, ...others];
  }, [you, peer, peers, camera, screen, microphone, muted, silenced, weak]);
  return { people, call, view };
}

function personOf(peer: CallPeer): StagePerson {
  const track = (kind: string) => peer.tracks.find((one) => one.kind === kind && !one.muted);
  const microphone = track("microphone")?.stream;
  return {
    person: peer.person,
    peer: peer.peer,
    name: peer.name,
    role: peer.role,
    you: false,
    camera: track("camera")?.stream,
    screen: track("screen")?.stream,
    microphone,
    muted: peer.silenced || !track("microphone"),
    talking: peer.speaking,
    weak: peer.quality === "poor" || peer.link === "interrupted",
  };
}

const NOBODY: readonly CallPeer[] = [];
const never = () => () => undefined;
const nothing = () => undefined;
