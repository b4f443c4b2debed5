import "./check-in.css";
import { type ReactNode, useId, useState } from "react";
import { CheckFact } from "../devices/CheckFact.tsx";
import { DevicePicker } from "../devices/DevicePicker.tsx";
import { LevelMeter, useHeard } from "../devices/LevelMeter.tsx";
import { Mending, type Trouble } from "../devices/Mending.tsx";
import { SelfView } from "../devices/SelfView.tsx";
import { type SpeakerAnswer, SpeakerTest } from "../devices/SpeakerTest.tsx";
import { useDeviceText } from "../devices/text.ts";
import { useAnalyser } from "../devices/useAnalyser.ts";
import { useDevice } from "../devices/useDevices.ts";
import { useNetwork } from "../devices/useNetwork.ts";
import { Button, Dialog, Icon, Ring } from "../platform/components/index.ts";
import { formatNumber, formatTime } from "../platform/time/format.ts";
import { ClockWords } from "./Clock.tsx";
import { clockText, secondsLeft, shareLeft } from "./clock.ts";
import { PartyFrame } from "./PartyFrame.tsx";
import { type MyParty, type PartyNow, sidesOf } from "./party.ts";
import { useText } from "./text.ts";
import { useServerNow } from "./useServerNow.ts";
import { useTotal } from "./useTotal.ts";

interface CheckInProps {
  party: PartyNow;
  me: MyParty;
  /** One's own name. */
  name: string;
  zone: string;
  lines: ReactNode;
  end: ReactNode;
  /** The side that one's ticket puts one on; without, one chooses. */
  ticketGroup?: string | undefined;
  pending: boolean;
  refusal: string | undefined;
  onReady: (group: string | undefined) => void;
}

/** Before anything with a camera: does it work, and which side is one on? Nobody sees or hears anybody yet. */
export function CheckIn(props: CheckInProps) {
  const { party, me, name, zone, lines, end, ticketGroup, pending, refusal, onReady } = props;
  const { t } = useText();
  const [cameraOn, setCameraOn] = useState(true);
  const [choosing, setChoosing] = useState(false);
  const [sound, setSound] = useState<SpeakerAnswer>("untried");
  const camera = useDevice("camera", cameraOn);
  const microphone = useDevice("microphone");
  const analyser = useAnalyser(microphone.stream);
  const heard = useHeard(analyser);
  const network = useNetwork();
  const { t: device } = useDeviceText();
  const sides = sidesOf(party);
  const groups = party.settings.mode === "groups" && !ticketGroup ? sides : [];
  const [group, setGroup] = useState(me.group ?? undefined);
  const troubles: Trouble[] = [
    ...(camera.trouble ? [{ about: "camera", why: camera.trouble, again: () => camera.choose() } as const] : []),
    ...(microphone.trouble
      ? [{ about: "microphone", why: microphone.trouble, again: () => microphone.choose() } as const]
      : []),
    ...(sound === "unheard" ? [{ about: "speaker", why: "unheard", again: () => setSound("untried") } as const] : []),
    ...(network.grade === "weak" ? [{ about: "network", why: "weak", again: network.again } as const] : []),
  ];
  const title =
    troubles.length > 0
      ? t("check.trouble")
      : !heard
        ? t("check.sayAWord")
        : camera.stream
          ? t("check.fine")
          : t("check.fineSound");
  return (
    <PartyFrame
      party={party}
      sub={t("roundsOf", {
        rounds: t("rounds", { count: party.rounds }),
        minutes: t("minutes", { count: party.settings.minutes }),
      })}
      lines={lines}
      end={end}
      footer={
        <>
          <StartsSoon party={party} zone={zone} />
          <Button
            variant="primary"
            size="lg"
            className="go"
            pending={pending}
            disabled={groups.length > 0 && !group}
            onClick={() => onReady(group)}
          >
            {t("check.ready")}
          </Button>
        </>
      }
    >
      <main id="main" className="ci">
        <div>
          <SelfView
            stream={camera.stream}
            name={name}
            cameraOn={cameraOn}
            muted={microphone.stream === undefined}
            className="self"
          >
            <div className="mm">
              <Icon name={microphone.stream ? "mic" : "micoff"} />
              <LevelMeter analyser={analyser} />
              <Button
                variant="ghost"
                size="sm"
                icon
                aria-label={cameraOn ? t("check.cameraOff") : t("check.cameraOn")}
                aria-pressed={!cameraOn}
                onClick={() => setCameraOn(!cameraOn)}
              >
                <Icon name={cameraOn ? "cam" : "camoff"} size="sm" />
              </Button>
              <Button variant="ghost" size="sm" onClick={() => setChoosing(true)}>
                <Icon name="sliders" size="sm" />
                {t("tools.devices")}
              </Button>
            </div>
          </SelfView>
          <div className="oks" role="status">
            <CheckFact ok={camera.stream !== undefined} trouble={camera.trouble !== undefined}>
              {cameraOn ? t("check.camera") : t("check.cameraIsOff")}
            </CheckFact>
            <CheckFact ok={heard} trouble={microphone.trouble !== undefined}>
              {heard ? t("check.weHear") : t("check.microphone")}
            </CheckFact>
            <CheckFact ok={sound === "heard"} trouble={sound === "unheard"}>
              {t("check.speaker")}
            </CheckFact>
            <CheckFact ok={network.grade === "good" || network.grade === "fair"} trouble={network.grade === "weak"}>
              {t("check.network")}
            </CheckFact>
          </div>
        </div>
        <div className="stack">
          <div>
            <h1 className="h1" tabIndex={-1}>
              {title}
            </h1>
            <p className="lead">
              {ticketGroup
                ? t("check.byTicket", { group: ticketGroup })
                : groups.length > 0
                  ? t("check.whichSide")
                  : t("check.everyone")}
            </p>
          </div>
          <Mending troubles={troubles} />
          {groups.length > 0 && <SideChoice sides={groups} party={party} chosen={group} onChoose={setGroup} />}
          {refusal && (
            <p className="form-error" role="alert">
              <Icon name="warn" size="sm" />
              {refusal}
            </p>
          )}
          <p className="small muted meta">{groups.length > 0 ? t("check.metaSides") : t("check.meta")}</p>
        </div>
        <Dialog
          open={choosing}
          onClose={() => setChoosing(false)}
          title={t("tools.devicesTitle")}
          kind="sheet"
          actions={
            <Button variant="primary" onClick={() => setChoosing(false)}>
              {t("tools.done")}
            </Button>
          }
        >
          <div className="dev">
            <DevicePicker kind="microphone" device={microphone}>
              <LevelMeter analyser={analyser} />
            </DevicePicker>
            <SpeakerTest answer={sound} onAnswer={setSound} />
            <DevicePicker kind="camera" device={camera} />
            <div className="pick">
              <Icon name="signal" />
              <span>
                {network.ms === undefined
                  ? device(`network.${network.grade}`)
                  : device("networkFact", { ms: Math.max(1, Math.round(network.ms)) })}
              </span>
              <Button variant="ghost" size="sm" onClick={network.again}>
                {device("again")}
              </Button>
            </div>
          </div>
        </Dialog>
      </main>
    </PartyFrame>
  );
}

interface SideChoiceProps {
  sides: { group: string | undefined; ready: number }[];
  party: PartyNow;
  chosen: string | undefined;
  onChoose: (group: string | undefined) => void;
}

const MOST_DOTS = 26;

/** Two groups that meet each other, with as many seats lit as there are people ready. */
function SideChoice({ sides, party, chosen, onChoose }: SideChoiceProps) {
  const { t } = useText();
  const name = useId();
  const most = Math.max(party.here, 1);
  const shown = Math.min(MOST_DOTS, most);
  return (
    <fieldset>
      <legend className="sr">{t("check.yourSide")}</legend>
      <div className="gr">
        {sides.map(({ group, ready }, at) => [
          at > 0 && (
            <span key="x" className="x" aria-hidden="true">
              ×
            </span>
          ),
          <label key={group} className="choice">
            <input type="radio" name={name} checked={chosen === group} onChange={() => onChoose(group)} />
            <span className="row between">
              <b className="h4">{group}</b>
              <span className="yes">
                <Icon name="check" />
              </span>
            </span>
            <span className="dots" aria-hidden="true">
              {Array.from({ length: shown }, (_, seat) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the seats have no identity
                <i key={seat} className={seat < Math.round((ready * shown) / most) ? "on" : ""} />
              ))}
            </span>
            <span className="small num">
              <b className="strong">{formatNumber(ready)}</b> {t("check.readyWord", { count: ready })}
            </span>
          </label>,
        ])}
      </div>
    </fieldset>
  );
}

/** When it starts, or what goes on already; whoever needs longer joins a later round. */
function StartsSoon({ party, zone }: { party: PartyNow; zone: string }) {
  const { t } = useText();
  const now = useServerNow();
  const until = party.phase === "paused" ? undefined : (party.until ?? undefined);
  const totalMs = useTotal(until, `${party.id} ${party.phase} ${party.round}`);
  const seconds = until === undefined ? undefined : secondsLeft(until, now);
  const before = party.phase === "check-in" || party.phase === "countdown";
  const facts = { ready: formatNumber(party.ready), here: formatNumber(party.here) };
  return (
    <div className="cnt">
      <div role="timer" aria-label={seconds === undefined ? t("stopped") : t("secondsLeft", { count: seconds })}>
        <Ring left={until === undefined ? 1 : shareLeft(until, now, totalMs)} size={48} width={7}>
          <span className="tiny num">{clockText(seconds ?? Math.ceil((party.left ?? 0) / 1000))}</span>
        </Ring>
      </div>
      <p className="small">
        <b className="strong num">{t("readyOf", { count: party.here, ...facts })}</b>
        <br />
        <span className="muted">
          {before
            ? until === undefined
              ? t("check.later")
              : t("check.starts", {
                  time: formatTime(until, zone),
                  place: zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " "),
                })
            : t("check.running", { round: party.round, rounds: party.rounds })}
        </span>
      </p>
      <ClockWords until={before ? until : undefined} words={(count) => t("seats.said", { count })} />
    </div>
  );
}
