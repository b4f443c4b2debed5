import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { type DeskPageProps, deskPath } from "../organize/desk.ts";
import { useOrganizeText } from "../organize/text.ts";
import { Button, Empty, FormError, Icon, SkeletonCard } from "../platform/components/index.ts";
import { useTitle } from "../platform/shell/title.ts";
import { Announced } from "./Announced.tsx";
import { ControlBar } from "./ControlBar.tsx";
import { CueDialog } from "./CueDialog.tsx";
import { CueRow } from "./CueRow.tsx";
import { LateDialog } from "./LateDialog.tsx";
import { type Cue, nextByHand } from "./show.ts";
import { useText } from "./text.ts";
import { type ShowState, useShow } from "./useShow.ts";
import "./shows.css";

/** The run of show of an event: its cues in order, and the controls of whoever holds them. */
export function ShowPage({ event }: DeskPageProps) {
  const { t } = useText();
  const { t: tDesk } = useOrganizeText();
  const state = useShow(event.id);
  const [editing, setEditing] = useState<{ cue?: Cue }>();
  const [late, setLate] = useState(false);
  useTitle(t("title"), event.name);
  const { show, me } = state;
  const inControl = !!show?.controller && show.controller === me;
  useShortcuts(state, inControl && !editing && !late, () => setLate(true));

  return (
    <div className="show-page">
      <div className="crumb">
        <Link href={deskPath(event)}>{event.name}</Link>
        <Icon name="right" />
        <span>{t("title")}</span>
      </div>
      <div className="headrow">
        <div>
          <h1 className="h2">{t("title")}</h1>
          <p className="muted overview-sub">{t("lead")}</p>
        </div>
        <div className="row wrap">
          <Button variant="line" pending={state.pending} onClick={() => void state.run({ draft: true })}>
            {t("draft")}
          </Button>
          <Button variant="solid" onClick={() => setEditing({})}>
            <Icon name="plus" size="sm" />
            {t("add")}
          </Button>
        </div>
      </div>
      {state.refusal && !editing && !late && <FormError>{state.refusal.message}</FormError>}
      {!show && !state.failed && <SkeletonCard />}
      {!show && state.failed && (
        <Empty icon="warn" title={t("failed")} action={<Button onClick={state.refresh}>{tDesk("tryAgain")}</Button>}>
          {state.failed}
        </Empty>
      )}
      {show && (
        <div className="show-body">
          <ControlBar event={event} state={state} show={show} inControl={inControl} onLate={() => setLate(true)} />
          <section className="card show-cues" aria-labelledby="show-cues">
            <h2 className="h3" id="show-cues">
              {t("cues")}
            </h2>
            {show.cues.length === 0 ? (
              <Empty icon="timer" title={t("none.title")}>
                {t("none.text")}
              </Empty>
            ) : (
              <ol>
                {show.cues.map((cue) => (
                  <CueRow
                    key={cue.id}
                    cue={cue}
                    show={show}
                    event={event}
                    inControl={inControl}
                    onCommand={(command) => void state.run(command)}
                    onEdit={() => setEditing({ cue })}
                  />
                ))}
              </ol>
            )}
          </section>
          <Announced event={event} />
        </div>
      )}
      {editing && show && (
        <CueDialog
          key={editing.cue?.id ?? "new"}
          event={event}
          show={show}
          cue={editing.cue}
          state={state}
          onClose={() => {
            state.clear();
            setEditing(undefined);
          }}
        />
      )}
      {late && (
        <LateDialog
          state={state}
          onClose={() => {
            state.clear();
            setLate(false);
          }}
        />
      )}
    </div>
  );
}

/** With a key held down beside them, so that nobody fires by typing. */
function useShortcuts(state: ShowState, active: boolean, onLate: () => void) {
  const latest = useRef({ state, onLate });
  latest.current = { state, onLate };
  useEffect(() => {
    if (!active) return;
    const onKey = (pressed: KeyboardEvent) => {
      const { show, run } = latest.current.state;
      const next = show && nextByHand(show);
      if (pressed.repeat) return;
      if ((pressed.ctrlKey || pressed.metaKey) && pressed.key === "Enter") {
        if (next) void run({ fire: next.id });
      } else if (!pressed.altKey || pressed.ctrlKey || pressed.metaKey) return;
      else if (pressed.code === "KeyL") latest.current.onLate();
      else if (pressed.code === "KeyS" && next) void run({ skip: next.id });
      else if (pressed.code === "KeyH" && next) void run(next.held ? { resume: next.id } : { hold: next.id });
      else return;
      pressed.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [active]);
}
