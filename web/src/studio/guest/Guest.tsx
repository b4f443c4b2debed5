import "../../platform/design/components-live.css";
import "../../stage/studio.css";
import "../backstage.css";
import "./guest.css";
import { useState } from "react";
import type { RoomView } from "../../rooms/live.ts";
import type { GuestPlace, RoomOfPage } from "../../rooms/RoomPage.tsx";
import type { HandState } from "../../rooms/useHand.ts";
import { useStudio } from "../../stage/useStudio.ts";
import { Check } from "./Check.tsx";
import { Inside } from "./Inside.tsx";
import { Invitation } from "./Invitation.tsx";

interface GuestProps {
  room: RoomOfPage;
  view: RoomView;
  hand: HandState;
  /** Backstage the bar is another one, on stage the picture too; the rest of the room goes on as it is. */
  onPlace: (place: GuestPlace) => void;
}

/** An attendee on the way to the stage and back: asked, looking at themselves first, agreed and backstage, on stage. */
export default function Guest(props: GuestProps) {
  const { hand, view } = props;
  const [soundOnly, setSoundOnly] = useState<boolean>();
  if (soundOnly !== undefined || hand.hand?.state === "ACCEPTED") {
    return <WithDevices {...props} soundOnly={soundOnly ?? false} onBack={() => setSoundOnly(undefined)} />;
  }
  return (
    <Invitation
      by={hand.hand?.by ?? undefined}
      question={hand.hand?.text ?? undefined}
      audience={view.log.watching || view.log.present}
      onLook={() => setSoundOnly(false)}
      onSoundOnly={() => setSoundOnly(true)}
      onDecline={hand.decline}
    />
  );
}

function WithDevices({
  room,
  view,
  hand,
  soundOnly,
  onBack,
  onPlace,
}: GuestProps & { soundOnly: boolean; onBack: () => void }) {
  const studio = useStudio(room.id, { camera: !soundOnly });
  if (!studio) return null;
  if (hand.hand?.state === "ACCEPTED") {
    return (
      hand.backstage && (
        <Inside room={room} backstage={hand.backstage} studio={studio} onLeave={hand.lower} onPlace={onPlace} />
      )
    );
  }
  return (
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
  );
}
