import "../../platform/design/components-live.css";
import "../../stage/studio.css";
import "../backstage.css";
import "./guest.css";
import { type ReactNode, useState } from "react";
import type { RoomView } from "../../rooms/live.ts";
import type { RoomOfPage } from "../../rooms/RoomPage.tsx";
import type { HandState } from "../../rooms/useHand.ts";
import { useStudio } from "../../stage/useStudio.ts";
import { Check } from "./Check.tsx";
import { Inside } from "./Inside.tsx";
import { Invitation } from "./Invitation.tsx";

interface GuestProps {
  room: RoomOfPage;
  view: RoomView;
  hand: HandState;
  /** The room as it is for everybody: the stage, the panel, the bar. */
  main: ReactNode;
  panel: ReactNode;
  bar: ReactNode;
}

/**
 * An attendee on the way to the stage and back: asked, looking at themselves first, agreed and backstage, on stage. The
 * room goes on beside it all the time.
 */
export default function Guest(props: GuestProps) {
  const { hand, main, panel, bar, view } = props;
  const [soundOnly, setSoundOnly] = useState<boolean>();
  const asked = hand.hand?.state === "ASKED" && soundOnly === undefined;
  return (
    <>
      {soundOnly === undefined && hand.hand?.state !== "ACCEPTED" ? (
        <>
          {main}
          {panel}
          {bar}
        </>
      ) : (
        <WithDevices {...props} soundOnly={soundOnly ?? false} onBack={() => setSoundOnly(undefined)} />
      )}
      {asked && (
        <Invitation
          by={hand.hand?.by ?? undefined}
          question={hand.hand?.text ?? undefined}
          audience={view.log.watching || view.log.present}
          onLook={() => setSoundOnly(false)}
          onSoundOnly={() => setSoundOnly(true)}
          onDecline={hand.decline}
        />
      )}
    </>
  );
}

function WithDevices({
  room,
  view,
  hand,
  main,
  panel,
  bar,
  soundOnly,
  onBack,
}: GuestProps & { soundOnly: boolean; onBack: () => void }) {
  const studio = useStudio(room.id, { camera: !soundOnly });
  if (studio && hand.hand?.state === "ACCEPTED" && hand.backstage) {
    return (
      <Inside room={room} backstage={hand.backstage} studio={studio} onLeave={hand.lower} main={main} panel={panel} />
    );
  }
  return (
    <>
      {main}
      {panel}
      {bar}
      {studio && (
        <Check
          name={view.you?.name ?? ""}
          studio={studio}
          soundOnly={soundOnly}
          pending={hand.pending}
          refusal={hand.refusal}
          onAgree={hand.accept}
          onStay={() => {
            hand.decline();
            onBack();
          }}
        />
      )}
    </>
  );
}
