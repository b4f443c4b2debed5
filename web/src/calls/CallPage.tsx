import { type ComponentType, useEffect, useState } from "react";
import { useCallLine } from "../attend/index.ts";
import { Button } from "../platform/components/index.ts";
import { developing } from "../platform/design/page/developing.ts";
import NotFoundPage from "../platform/shell/NotFoundPage.tsx";
import { useTitle } from "../platform/shell/title.ts";
import type { RoomLine } from "../rooms/live.ts";
import { useLiveRoom } from "../rooms/useLiveRoom.ts";
import { drawTimecode } from "../stage/timecode.ts";
import { CallView } from "./CallView.tsx";

import { PeerVideo } from "./PeerVideo.tsx";
import { useCall, useCallView, useSending } from "./useCall.ts";
import { useConversation } from "./useConversation.ts";

const TITLE = "Call";

/**
 * The call of a room (`?room=<id>&event=<id>`), or of something else (`?call=<id>&event=<id>`), with a clock for a camera and a tone for a voice: for those who
 * work on calls. Its words stay untranslated. With `&view` it is the call as people have it, with their own microphones and cameras.
 */
export default function CallPage() {
  useTitle(TITLE);
  const asked = new URLSearchParams(location.search);
  const [room, call, event] = [asked.get("room"), asked.get("call"), asked.get("event")];
  const Shown = asked.has("view") ? ViewOf : CallOf;
  if (!developing() || !event) return <NotFoundPage />;
  if (room) return <InRoom room={room} event={event} Shown={Shown} />;
  return call ? <Elsewhere call={call} event={event} Shown={Shown} /> : <NotFoundPage />;
}

type Shown = ComponentType<{ line: RoomLine | undefined }>;

function InRoom({ room, event, Shown }: { room: string; event: string; Shown: Shown }) {
  return <Shown line={useLiveRoom(room, event)} />;
}

function Elsewhere({ call, event, Shown }: { call: string; event: string; Shown: Shown }) {
  return <Shown line={useCallLine(event, call)} />;
}

function ViewOf({ line }: { line: RoomLine | undefined }) {
  const [wanted, setWanted] = useState(true);
  const conversation = useConversation(line, { wanted });
  const name = "Me";
  return (
    <main className="design design-call">
      <h1 className="sr">{TITLE}</h1>
      {wanted ? (
        <CallView conversation={conversation} name={name} onLeave={() => setWanted(false)} />
      ) : (
        <Button onClick={() => setWanted(true)}>Enter</Button>
      )}
    </main>
  );
}

function CallOf({ line }: { line: RoomLine | undefined }) {
  const [wanted, setWanted] = useState(true);
  const [publish, setPublish] = useState(true);
  const [screen, setScreen] = useState(false);
  const call = useCall(line, { publish, wanted });
  const camera = useClock(640, 360);
  const shown = useClock(960, 540);
  useSending(call, "camera", camera);
  useSending(call, "microphone", useTone());
  useSending(call, "screen", screen ? shown : undefined);
  return (
    <main className="design wrap-page">
      <h1 className="h3">{TITLE}</h1>
      <p>
        <Button onClick={() => setWanted(!wanted)}>{wanted ? "Leave" : "Enter"}</Button>
        <Button onClick={() => setPublish(!publish)}>{publish ? "Only watch" : "Publish"}</Button>
        <Button onClick={() => setScreen(!screen)}>{screen ? "Stop sharing" : "Share"}</Button>
      </p>
      {call && <Peers call={call} />}
    </main>
  );
}

function Peers({ call }: { call: NonNullable<ReturnType<typeof useCall>> }) {
  const view = useCallView(call);
  const [large, setLarge] = useState(false);
  return (
    <>
      <p>
        <Button onClick={() => setLarge(!large)}>{large ? "Small" : "Large"}</Button>
      </p>
      <p role="status">
        {view.state} {view.engine} {view.publishes ? "publishes" : "watches"} {view.refusal?.code}
      </p>
      <p>
        {view.sending.map(({ kind, muted }) => (
          <Button key={kind} onClick={() => call.mute(kind, !muted)}>{`${muted ? "Unmute" : "Mute"} ${kind}`}</Button>
        ))}
      </p>
      {view.peers.map((peer) => (
        <figure key={peer.peer} data-testid="call-peer" data-link={peer.link} data-name={peer.name}>
          <figcaption>
            {peer.name}, {peer.role}: {peer.link} {peer.quality} {peer.speaking && "speaks"}{" "}
            {peer.silenced && "silenced"}{" "}
            {peer.tracks.map((track) => `${track.kind}${track.muted ? " muted" : ""}`).join(", ")}
          </figcaption>
          {peer.tracks.map(
            (track) =>
              track.stream && (
                <PeerVideo
                  key={track.id}
                  stream={track.stream}
                  label={`${peer.name} ${track.kind}`}
                  width={large ? 960 : 240}
                  onSized={(height) => call.sized(peer.peer, track.kind, height)}
                />
              ),
          )}
        </figure>
      ))}
    </>
  );
}

/** A camera that films a clock. */
function useClock(width: number, height: number): MediaStream | undefined {
  const [stream, setStream] = useState<MediaStream>();
  useEffect(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const painter = canvas.getContext("2d");
    const drawing = setInterval(() => painter && drawTimecode(painter, width, height, Date.now()), 66);
    const made = canvas.captureStream(15);
    setStream(made);
    return () => {
      clearInterval(drawing);
      for (const track of made.getTracks()) track.stop();
    };
  }, [width, height]);
  return stream;
}

/** A microphone that hears a tone. */
function useTone(): MediaStream | undefined {
  const [stream, setStream] = useState<MediaStream>();
  useEffect(() => {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.2;
    const end = audio.createMediaStreamDestination();
    tone.connect(volume).connect(end);
    tone.start();
    void audio.resume();
    setStream(end.stream);
    return () => {
      tone.stop();
      void audio.close();
    };
  }, []);
  return stream;
}
