import type { CSSProperties } from "react";
import { Avatar } from "../../components/Avatar.tsx";
import { Badge } from "../../components/Badge.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Sample } from "./DesignPage.tsx";

const reactions = ["clap", "heart", "laugh", "bulb"] as const;

export function LiveSamples() {
  return (
    <>
      <Sample title="Chat message">
        <div className="card pad0 chat">
          <div className="msg">
            <Avatar name="Rafael Moreira" portrait="rafael" presence="on" />
            <p className="who">
              <b>Rafael Moreira</b>
              <time>10:23</time>
            </p>
            <p>The database was still fine. It was the session store.</p>
          </div>
          <div className="msg staff">
            <Avatar name="Elif Demir" portrait="elif" />
            <p className="who">
              <b>Elif Demir</b>
              <Badge tone="accent">Moderator</Badge>
              <time>10:24</time>
            </p>
            <p>Slides go out with the replay.</p>
          </div>
          <div className="msg own">
            <p className="who">
              <time>10:24</time>
              <b>You</b>
            </p>
            <p>A queue that shows your place beats an error page.</p>
          </div>
          <div className="msg own held">
            <p className="who">
              <time>now</time>
              <b>You</b>
            </p>
            <p>Our runbook, link in my profile</p>
            <span className="state">
              <Icon name="clock" size="sm" />
              On its way
            </span>
          </div>
          <div className="msg deleted">
            <Avatar name="Sam Whitlock" portrait="sam" />
            <p className="who">
              <b>Sam Whitlock</b>
              <time>10:25</time>
            </p>
            <p>Removed by a moderator</p>
          </div>
        </div>
      </Sample>
      <Sample title="Composer, reactions, room tools">
        <div className="two">
          <div className="composer">
            <input aria-label="Message" placeholder="Say something" />
            <button type="button" className="btn primary icon sm" aria-label="Send">
              <Icon name="send" size="sm" />
            </button>
          </div>
          <div>
            <div className="rbar">
              {reactions.map((name) => (
                <button type="button" key={name} aria-label={name}>
                  <Icon name={name} />
                </button>
              ))}
            </div>
          </div>
          <div className="row">
            <button type="button" className="tool" aria-pressed="true">
              <Icon name="chat" />
              Chat
            </button>
            <button type="button" className="tool cut">
              <Icon name="micoff" />
              Muted
            </button>
            <button type="button" className="tool leave">
              <Icon name="leave" />
              Leave
            </button>
          </div>
        </div>
      </Sample>
      <Sample title="Video tile, timer, meter">
        <div className="tiles">
          <div className="tile talking">
            <img src="/art/cam/owen.svg" alt="" />
            <span className="plate">
              <span className="eq" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              Owen, talking
            </span>
          </div>
          <div className="tile poor">
            <img src="/art/cam/yuki.svg" alt="" />
            <span className="plate">Yuki</span>
            <span className="flag badge">
              <Icon name="weak" />
              Weak network
            </span>
          </div>
          <div className="tile off">
            <Avatar name="David" portrait="david" size="lg" />
            <span className="plate">
              <Icon name="camoff" />
              David, camera off
            </span>
          </div>
        </div>
        <div className="row wrap rings">
          <Ring value={0.74} text="3:42" />
          <Ring value={0.17} text="0:52" soon />
          <div className="meter" role="meter" aria-label="Level" aria-valuemin={0} aria-valuemax={10} aria-valuenow={7}>
            {["on", "on", "on", "on", "on", "on", "hot", "", "", ""].map((state, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no identity
              <i key={at} className={state} />
            ))}
          </div>
        </div>
      </Sample>
    </>
  );
}

function Ring({ value, text, soon }: { value: number; text: string; soon?: boolean }) {
  return (
    <div className={soon ? "ring soon" : "ring"} style={{ "--v": value, "--s": "72px", "--w": 6 } as CSSProperties}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="46" pathLength="100" />
        <circle cx="50" cy="50" r="46" pathLength="100" />
      </svg>
      {text}
    </div>
  );
}
