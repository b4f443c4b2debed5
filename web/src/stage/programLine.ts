import { Call } from "../calls/call";
import { LiveRoom } from "../rooms/live";

/** Sends the finished picture into a stage's own call, for those who have a seat near the stage, while there are such seats: see `useProgram`. */
export class ProgramLine {
  private readonly live: LiveRoom;
  private readonly picture: MediaStream;
  private call: Call | undefined;

  constructor(stage: string, event: string, picture: MediaStream) {
    this.picture = picture;
    this.live = new LiveRoom(stage, { event });
    this.live.subscribe(() => this.follow());
    this.live.open();
  }

  close(): void {
    this.call?.close();
    this.call = undefined;
    this.live.close();
  }

  private follow(): void {
    if (this.call || !this.live.current().log.stage.seats || this.live.current().state === "closed") return;
    this.call = new Call(this.live);
    this.call.send("program", this.picture);
    this.call.open();
  }
}
