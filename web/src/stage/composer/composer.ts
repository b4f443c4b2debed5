import { Call } from "../../calls/call";
import { LiveRoom } from "../../rooms/live";
import { Compositor } from "../compositor";
import { ProgramLine } from "../programLine";
import { recordingType } from "../recording";
import { Uplink } from "../uplink";
import { mediaOf } from "./media";

/** What the server says about the ticket of a composer. */
interface Assignment {
  stage: string;
  backstage: string;
  event: string;
  uploadUrl: string;
  container: string;
}

/** An upload that the server refused is tried again after this, should the plan still name us. */
const AGAIN_MS = 2_000;

/**
 * Makes the picture of one stage in a browser that nobody looks at: enters behind the stage, draws its plan from what everybody sends, and uploads for as
 * long as the plan says so. The server that started it looks whether it is still in the call, and starts another when it is not.
 */
export class Composer {
  private readonly task: Assignment;
  private readonly live: LiveRoom;
  private readonly call: Call;
  private readonly compositor: Compositor;
  private uplink: Uplink | undefined;
  private program: ProgramLine | undefined;
  private restUntil = 0;
  private told = "";
  private readonly beat: ReturnType<typeof setInterval>;

  private constructor(task: Assignment, timecode: boolean) {
    this.task = task;
    this.compositor = new Compositor({ timecode });
    this.live = new LiveRoom(task.backstage, { event: task.event });
    this.call = new Call(this.live, { publish: false });
    this.live.subscribe(() => this.follow());
    this.call.subscribe(() => this.follow());
    this.beat = setInterval(() => this.follow(), AGAIN_MS);
    this.call.open();
    this.live.open();
    void this.compositor.wake();
  }

  /** @param ticket good once; fails when the server does not take it. */
  static async begin(ticket: string, timecode: boolean): Promise<Composer> {
    return new Composer(await ask<Assignment>("/composer/session", { ticket }), timecode);
  }

  close(): void {
    clearInterval(this.beat);
    this.uplink?.abandon();
    this.program?.close();
    this.call.close();
    this.live.close();
    this.compositor.close();
  }

  private follow(): void {
    const { plan } = this.live.current().log;
    const { state, me, peers } = this.call.current();
    if (plan) this.compositor.show(plan);
    this.compositor.feed(mediaOf(peers));
    if (state === "in" && this.told !== me) {
      this.told = me;
      ask("/composer/peer", { peer: me }).catch(() => {
        this.told = "";
      });
    }
    const mine = plan?.host?.peer === me;
    if (mine && !this.uplink && Date.now() >= this.restUntil) this.upload();
    if (!mine && this.uplink && plan?.host) this.letGo();
  }

  private upload(): void {
    const type = recordingType(this.task.container);
    if (!type) return;
    const uplink = new Uplink(this.task.uploadUrl, this.compositor.stream, type, () => this.call.current().me);
    this.uplink = uplink;
    uplink.subscribe(() => {
      if (uplink.current().state === "refused" && this.uplink === uplink) this.letGo();
    });
    uplink.start();
    this.program = new ProgramLine(this.task.stage, this.task.event, this.compositor.stream);
  }

  private letGo(): void {
    const { uplink } = this;
    this.uplink = undefined;
    this.program?.close();
    this.program = undefined;
    this.restUntil = Date.now() + AGAIN_MS;
    uplink?.abandon();
  }
}

async function ask<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}.`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}
