import { useState } from "react";
import { Avatar } from "../../components/Avatar.tsx";
import { Badge, LiveBadge } from "../../components/Badge.tsx";
import { Button } from "../../components/Button.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Empty, QuietLine, SkeletonCard } from "../../components/States.tsx";
import { useToast } from "../../components/Toast.tsx";
import { Sample } from "./DesignPage.tsx";

const tones = ["accent", "success", "warning", "danger", "info", "outline"] as const;

export function SurfaceSamples() {
  const [open, setOpen] = useState(false);
  const toast = useToast();
  return (
    <>
      <Sample title="Badge, avatar, presence">
        <div className="stack">
          <div className="row wrap">
            <LiveBadge>Live</LiveBadge>
            <Badge>Draft</Badge>
            {tones.map((tone) => (
              <Badge key={tone} tone={tone} icon="check">
                {tone}
              </Badge>
            ))}
            <span className="count">3</span>
            <span className="count new">12</span>
          </div>
          <div className="row wrap">
            <Avatar name="Priya Raman" portrait="priya" size="xs" />
            <Avatar name="Priya Raman" portrait="priya" />
            <Avatar name="Priya Raman" portrait="priya" size="md" presence="on" />
            <Avatar name="Kwame Mensah" portrait="kwame" size="md" presence="away" />
            <Avatar name="Marta Ruiz" portrait="marta" size="md" presence="busy" />
            <Avatar name="Amara Okafor" portrait="amara" size="lg" presence="stage" />
            <Avatar name="Hana Novak" portrait="hana" size="xl" />
            <Avatar name="Grace Wu" size="md" />
            <span className="avs">
              <Avatar name="Owen" portrait="owen" />
              <Avatar name="Lena" portrait="lena" />
              <Avatar name="Chidi" portrait="chidi" />
            </span>
          </div>
        </div>
      </Sample>
      <Sample title="Dialog, toast, quiet line">
        <div className="stack">
          <div className="row wrap">
            <Button onClick={() => setOpen(true)}>Open a dialog</Button>
            <Button onClick={() => toast({ text: "Moved to 12:45", action: { label: "Undo", run: () => undefined } })}>
              Show a toast
            </Button>
          </div>
          <Dialog
            open={open}
            onClose={() => setOpen(false)}
            title="End the broadcast"
            actions={
              <>
                <Button variant="ghost" onClick={() => setOpen(false)}>
                  Keep going
                </Button>
                <Button variant="danger" onClick={() => setOpen(false)}>
                  End broadcast
                </Button>
              </>
            }
          >
            1,188 people are watching. They stay in the room and the replay starts being made.
          </Dialog>
          <div className="card pad0">
            <QuietLine icon="weak" tone="warn" running>
              Reconnecting. Nothing is lost, you keep your place.
            </QuietLine>
            <QuietLine
              icon="clock"
              action={
                <Button variant="quiet" size="sm">
                  Move me there
                </Button>
              }
            >
              <b className="strong">Next in 4 min</b> <span className="muted">A land registry that never closes</span>
            </QuietLine>
          </div>
        </div>
      </Sample>
      <Sample title="Empty, loading, progress, table">
        <div className="two">
          <div className="card">
            <Empty icon="ask" title="No questions yet" action={<Button size="sm">Ask a question</Button>}>
              The first one usually opens the door for the others.
            </Empty>
          </div>
          <SkeletonCard />
          <div className="card stat">
            <span className="label">Registered</span>
            <b>1,862</b>
            <span className="delta up-t">
              <Icon name="upv" size="sm" />
              214 this week
            </span>
          </div>
          <div className="card stack">
            <div className="row between small">
              <span>Making the replay</span>
              <span className="num muted">64%, 3 min left</span>
            </div>
            <div
              className="progress"
              role="progressbar"
              aria-label="Making the replay"
              aria-valuenow={64}
              aria-valuemin={0}
              aria-valuemax={100}
            >
              <i style={{ width: "64%" }} />
            </div>
          </div>
          <div className="card pad0 all">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">Person</th>
                  <th scope="col">State</th>
                </tr>
              </thead>
              <tbody>
                <tr>
                  <td>Marta Ruiz</td>
                  <td>
                    <Badge tone="success" icon="check">
                      Confirmed
                    </Badge>
                  </td>
                </tr>
                <tr>
                  <td>David Achterberg</td>
                  <td>
                    <Badge tone="warning" icon="clock">
                      Needs approval
                    </Badge>
                  </td>
                </tr>
              </tbody>
            </table>
          </div>
        </div>
      </Sample>
    </>
  );
}
