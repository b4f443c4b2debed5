import { useEffect, useState } from "react";
import { type CallPeer, justEntering } from "../../calls/callNow.ts";
import type { Conversation } from "../../calls/useConversation.ts";
import type { DeviceState } from "../../devices/useDevices.ts";
import type { ProfileCard } from "../party.ts";

/** A call of people who are drawings. */
export function useFakeCall(people: readonly ProfileCard[], cameras: boolean): Conversation {
  const pictures = usePictures(cameras ? [...people.map((one) => one.picture), "/art/people/tariq.svg"] : []);
  const own = pictures.at(-1);
  const peers = people.map(
    (one, at): CallPeer => ({
      peer: one.person,
      person: one.person,
      name: one.name,
      role: "attendee",
      publishes: true,
      mayPublish: true,
      silenced: false,
      link: "connected",
      quality: "good",
      speaking: at === 0,
      tracks: [
        { id: "m", kind: "microphone", muted: at > 0, stream: undefined },
        ...(pictures[at] ? [{ id: "c", kind: "camera" as const, muted: false, stream: pictures[at] }] : []),
      ],
    }),
  );
  return {
    call: undefined,
    now: { ...justEntering("me"), state: "in", peers },
    peers,
    microphone: device(undefined),
    camera: device(own),
    muted: false,
    setMuted: () => undefined,
    cameraWanted: cameras,
    setCameraWanted: () => undefined,
    cameraShown: cameras,
    asking: undefined,
    decline: () => undefined,
    blur: undefined,
  };
}

function device(stream: MediaStream | undefined): DeviceState {
  return {
    stream,
    label: "",
    choices: [],
    chosen: undefined,
    trouble: undefined,
    choose: () => undefined,
    stop: () => undefined,
  };
}

function usePictures(addresses: readonly (string | null | undefined)[]): MediaStream[] {
  const [streams, setStreams] = useState<MediaStream[]>([]);
  const all = addresses.join(" ");
  useEffect(() => {
    const stops = all
      .split(" ")
      .filter(Boolean)
      .map((address) => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [640, 640];
        const image = new Image();
        image.src = address;
        const timer = setInterval(() => canvas.getContext("2d")?.drawImage(image, 0, 0, 640, 640), 200);
        return { stream: canvas.captureStream(5), stop: () => clearInterval(timer) };
      });
    setStreams(stops.map(({ stream }) => stream));
    return () => {
      for (const { stop } of stops) stop();
    };
  }, [all]);
  return streams;
}
