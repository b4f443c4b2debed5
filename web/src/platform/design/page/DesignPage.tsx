import { type ReactNode, useState } from "react";
import { Icon } from "../../components/Icon.tsx";
import { iconNames } from "../../icons/names.ts";
import { Wordmark } from "../../shell/Message.tsx";
import NotFoundPage from "../../shell/NotFoundPage.tsx";
import { useTitle } from "../../shell/title.ts";
import { brand } from "../brand.ts";
import { ControlSamples } from "./ControlSamples.tsx";
import { developing } from "./developing.ts";
import { LiveSamples } from "./LiveSamples.tsx";
import { SurfaceSamples } from "./SurfaceSamples.tsx";
import "../components-live.css";
import "./design.css";

const brands = ["#0e6b54", "#2b5f9e", "#9c4a32", "#7a3b8f", "#f2c200"];
const moods = [
  { name: "Light", theme: "light", mood: undefined },
  { name: "Dark", theme: "dark", mood: undefined },
  { name: "Room", theme: "dark", mood: "room" },
  { name: "Party", theme: "dark", mood: "party" },
] as const;

/** Every component in every state, for those who build pages. Its words are samples and stay untranslated. */
export default function DesignPage() {
  return developing() ? <Design /> : <NotFoundPage />;
}

function Design() {
  useTitle("Design");
  const [look, setLook] = useState<(typeof moods)[number]>(moods[0]);
  const [accent, setAccent] = useState("#0e6b54");
  return (
    <div className="design" data-theme={look.theme} data-mood={look.mood} {...brand(accent)}>
      <header className="topbar wrap-page">
        <Wordmark />
        <span className="grow" />
        <div className="seg" role="group" aria-label="Mood">
          {moods.map((mood) => (
            <button type="button" key={mood.name} aria-pressed={mood === look} onClick={() => setLook(mood)}>
              {mood.name}
            </button>
          ))}
        </div>
        <div className="row brands" role="group" aria-label="Brand">
          {brands.map((color) => (
            <button
              type="button"
              key={color}
              aria-label={color}
              aria-pressed={color === accent}
              style={{ background: color }}
              onClick={() => setAccent(color)}
            />
          ))}
        </div>
      </header>
      <main id="main" className="wrap-page">
        <h1 className="h1">Components</h1>
        <Sample title="Type">
          <div className="stack">
            <p className="h0">The hall is dark</p>
            <p className="h1">The speaker is lit</p>
            <p className="h2">A seat is a dot</p>
            <p className="h3">Words before pixels</p>
            <p className="h4">Quiet by default</p>
            <p className="lead">Generous type, one accent, real imagery.</p>
            <p>
              Text with a{" "}
              <a className="link" href="#main">
                link to the programme
              </a>
              , <span className="muted">muted</span>, <span className="small">small</span>,{" "}
              <span className="tiny">tiny</span>.
            </p>
          </div>
        </Sample>
        <ControlSamples />
        <SurfaceSamples />
        <LiveSamples />
        <Sample title="Icons">
          <ul className="icons">
            {iconNames.map((name) => (
              <li key={name}>
                <Icon name={name} />
                <span className="tiny muted">{name}</span>
              </li>
            ))}
          </ul>
        </Sample>
      </main>
    </div>
  );
}

export function Sample({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="sec">
      <h2 className="h3">{title}</h2>
      {children}
    </section>
  );
}
