import { Dialog } from "../platform/components/index.ts";
import { Ladder } from "./Ladder.tsx";
import { PersonFacts } from "./PersonFacts.tsx";
import { useText } from "./text.ts";
import "./moderation.css";

interface ModerateDialogProps {
  event: string;
  person: { id: string; name: string };
  room?: string | undefined;
  onClose: () => void;
}

/** What the staff decides about somebody, from wherever they are shown. */
export default function ModerateDialog({ event, person, room, onClose }: ModerateDialogProps) {
  const { t } = useText();
  return (
    <Dialog open onClose={onClose} title={t("moderate", { name: person.name })} kind="sheet">
      <div className="stack">
        <PersonFacts event={event} person={person.id} />
        <Ladder event={event} person={person} room={room} onDone={onClose} />
      </div>
    </Dialog>
  );
}
