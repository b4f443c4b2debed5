import { Button } from "../../components/Button.tsx";
import { FormError, SelectField, TextAreaField, TextField } from "../../components/Field.tsx";
import { Icon } from "../../components/Icon.tsx";
import { TimeZonePicker } from "../../components/TimeZonePicker.tsx";
import { Sample } from "./DesignPage.tsx";

const variants = ["primary", "solid", "line", "quiet", "ghost", "danger", "danger-line", "live"] as const;

export function ControlSamples() {
  return (
    <>
      <Sample title="Button">
        <div className="stack">
          <div className="row wrap">
            {variants.map((variant) => (
              <Button key={variant} variant={variant}>
                {variant === "live" ? "Go live" : `A ${variant} act`}
              </Button>
            ))}
          </div>
          <div className="row wrap">
            <Button variant="primary" size="lg">
              Large
            </Button>
            <Button variant="primary" size="sm">
              Small
            </Button>
            <Button variant="primary" pending>
              Pending
            </Button>
            <Button variant="primary" disabled>
              Disabled
            </Button>
            <Button variant="line" data-hovered="">
              Hovered
            </Button>
            <Button variant="line" data-focus-visible="">
              Focused
            </Button>
            <Button variant="line">
              <Icon name="cal" />
              With an icon
            </Button>
            <Button variant="line" icon aria-label="Copy link">
              <Icon name="link" />
            </Button>
          </div>
        </div>
      </Sample>
      <Sample title="Field">
        <div className="two">
          <TextField label="Name" hint="Shown to others in the rooms." name="name" />
          <TextField
            label="Email"
            name="email"
            defaultValue="marta@lodz"
            error="Write an address, like marta@lodz.example."
          />
          <SelectField label="Ticket" name="ticket">
            <option>Both days</option>
          </SelectField>
          <TextField label="Disabled" name="disabled" defaultValue="Cannot change now" disabled />
          <TextAreaField label="Description" name="text" rows={3} placeholder="What happens there" />
          <div className="stack">
            <div className="withicon">
              <Icon name="search" />
              <input className="input" aria-label="Search" placeholder="Search people" />
            </div>
            <TimeZonePicker at={new Date("2027-03-03T09:00:00Z")} eventZone="Europe/Warsaw" />
          </div>
          <div className="stack">
            <label className="check">
              <input type="checkbox" defaultChecked />
              Let other attendees find me
            </label>
            <label className="check">
              <input type="radio" name="radio" defaultChecked />
              One of several
            </label>
            <label className="switch">
              <input type="checkbox" defaultChecked />
              Captions
            </label>
          </div>
          <FormError>Every place is taken. Choose another ticket.</FormError>
        </div>
      </Sample>
      <Sample title="Choice, chip, segment, tab">
        <div className="stack">
          <div className="choices">
            <label className="choice">
              <span className="check">
                <input type="radio" name="choice" defaultChecked />
              </span>
              <span className="strong">Both days</span>
              <span className="strong num">Free</span>
              <small>Live, replays, tables and parties</small>
            </label>
            <label className="choice">
              <span className="check">
                <input type="radio" name="choice" />
              </span>
              <span className="strong">Public service</span>
              <span className="strong num">Free</span>
              <small>With a government or NGO address</small>
            </label>
          </div>
          <div className="row wrap">
            <button type="button" className="chip" aria-pressed="true">
              All rooms
            </button>
            <button type="button" className="chip" aria-pressed="false">
              <Icon name="live" size="sm" />
              Main stage
            </button>
            <span className="chip tag">On-call</span>
            <div className="seg" role="group" aria-label="Day">
              <button type="button" aria-pressed="true">
                Wed 3
              </button>
              <button type="button" aria-pressed="false">
                Thu 4
              </button>
            </div>
          </div>
          <div className="tabs" role="tablist" aria-label="Panel">
            <button type="button" className="tab" role="tab" aria-selected="true">
              Chat
            </button>
            <button type="button" className="tab" role="tab" aria-selected="false">
              People <span className="count">12</span>
            </button>
          </div>
        </div>
      </Sample>
    </>
  );
}
