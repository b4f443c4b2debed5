import { type ReactNode, useEffect, useRef, useState } from "react";
import { developing } from "../platform/design/page/developing.ts";
import NotFoundPage from "../platform/shell/NotFoundPage.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { Compositor } from "./compositor.ts";
import type { Plan } from "./plan.ts";
import { SLIDES_SPOT, samplePeople, samplePlan, spotsOf } from "./samples.ts";

const TITLE = "Picture";
const LAYOUTS = ["solo", "duo", "grid", "slides", "corner"] as const;
const FRAMES = ["none", "line", "full"] as const;
const ACCENTS = ["#0e6b54", "#2b5f9e", "#9c4a32", "#7a3b8f", "#f2c200"];
const QUESTION = { text: "Would you publish the invoice? Ours came to more than the salaries.", by: "Priya Raman" };
const CARD = {
  kind: "break",
  title: "Back at half past",
  text: "Coffee is in the foyer, wherever that is for you.",
} as const;

/** What the audience would see, of people and slides made up here: for those who work on the picture. Its words stay untranslated. */
export default function PicturePage() {
  return developing() ? <Picture /> : <NotFoundPage />;
}

function Picture() {
  useTitle(TITLE);
  const frame = useRef<HTMLDivElement>(null);
  const [compositor, setCompositor] = useState<Compositor>();
  const [plan, setPlan] = useState<Plan>(samplePlan);
  const [health, setHealth] = useState("");
  useEffect(() => {
    const made = new Compositor({ timecode: new URLSearchParams(location.search).has("timecode") });
    made.feed(samplePeople());
    made.canvas.style.width = "100%";
    frame.current?.append(made.canvas);
    setCompositor(made);
    const pulse = setInterval(
      () => setHealth(`${made.rate.toFixed(1)} frames/s, ${made.speaker ?? "nobody"} speaks`),
      500,
    );
    return () => {
      clearInterval(pulse);
      made.canvas.remove();
      made.close();
    };
  }, []);
  useEffect(() => compositor?.show(plan), [compositor, plan]);
  const change = (next: Partial<Plan>) => setPlan((now) => ({ ...now, ...next, version: now.version + 1 }));
  const people = plan.on.filter(({ kind }) => kind === "person").length;
  const slides = plan.on.some(({ kind }) => kind === "slides");
  const named = plan.on.some(({ lowerThird }) => lowerThird);
  const stage = (count: number, content: boolean, names: boolean) =>
    change({
      on: [...(content ? [SLIDES_SPOT] : []), ...spotsOf(count).map((spot) => ({ ...spot, lowerThird: names }))],
    });
  return (
    <main className="design wrap-page">
      <h1 className="h3">{TITLE}</h1>
      <div ref={frame} style={{ maxWidth: 960 }} />
      <p role="status">{health}</p>
      <Row name="Layout">
        {LAYOUTS.map((layout) => (
          <Choice key={layout} on={plan.layout === layout} act={() => change({ layout })}>
            {layout}
          </Choice>
        ))}
      </Row>
      <Row name="On stage">
        {[0, 1, 2, 3, 4, 5, 6].map((count) => (
          <Choice key={count} on={people === count} act={() => stage(count, slides, named)}>
            {count}
          </Choice>
        ))}
        <Choice on={slides} act={() => stage(people, !slides, named)}>
          slides
        </Choice>
        <Choice
          on={plan.slides?.page === 1}
          act={() => change({ slides: plan.slides && { ...plan.slides, page: 1 - plan.slides.page } })}
        >
          second page
        </Choice>
        <Choice on={named} act={() => stage(people, slides, !named)}>
          names
        </Choice>
      </Row>
      <Row name="Over it">
        <Choice on={plan.banner !== undefined} act={() => change({ banner: plan.banner ? undefined : QUESTION })}>
          question
        </Choice>
        <Choice on={plan.card !== undefined} act={() => change({ card: plan.card ? undefined : CARD })}>
          card
        </Choice>
        {FRAMES.map((name) => (
          <Choice
            key={name}
            on={plan.brand.frame === name}
            act={() => change({ brand: { ...plan.brand, frame: name } })}
          >
            frame {name}
          </Choice>
        ))}
        {ACCENTS.map((accent) => (
          <Choice
            key={accent}
            on={plan.brand.accent === accent}
            act={() => change({ brand: { ...plan.brand, accent } })}
          >
            {accent}
          </Choice>
        ))}
      </Row>
    </main>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <fieldset style={{ border: 0, padding: 0, display: "flex", gap: 8, flexWrap: "wrap", marginBlock: 8 }}>
      <legend className="tiny muted">{name}</legend>
      {children}
    </fieldset>
  );
}

function Choice({ on, act, children }: { on: boolean; act: () => void; children: ReactNode }) {
  return (
    <button type="button" className={on ? "btn btn-solid" : "btn btn-line"} aria-pressed={on} onClick={act}>
      {children}
    </button>
  );
}
