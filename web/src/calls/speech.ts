/** Louder than this is speech, from 0 to 1; it is over when it was quieter for a while. */
const SPEECH = 0.02;
const SPEECH_HOLD_MS = 900;

/** Who is speaking, most lately begun first, from how loud everybody is. */
export class Speech {
  private readonly spoke = new Map<string, number>();
  private readonly changed: (speaking: readonly string[]) => void;
  private speaking: readonly string[] = [];
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(changed: (speaking: readonly string[]) => void) {
    this.changed = changed;
    this.timer = setInterval(() => this.hush(), SPEECH_HOLD_MS / 3);
  }

  heard(peer: string, level: number): void {
    if (level < SPEECH) return;
    const began = !this.spoke.has(peer);
    this.spoke.set(peer, Date.now());
    if (began) this.tell([peer, ...this.speaking]);
  }

  /** Only these are here. */
  keep(peers: readonly { peer: string }[]): void {
    this.forget([...this.spoke.keys()].filter((peer) => !peers.some((one) => one.peer === peer)));
  }

  close(): void {
    clearInterval(this.timer);
  }

  private hush(): void {
    this.forget([...this.spoke].filter(([, at]) => Date.now() - at > SPEECH_HOLD_MS).map(([peer]) => peer));
  }

  private forget(those: readonly string[]): void {
    for (const peer of those) this.spoke.delete(peer);
    if (those.length > 0) this.tell(this.speaking.filter((peer) => !those.includes(peer)));
  }

  private tell(speaking: readonly string[]): void {
    this.speaking = speaking;
    this.changed(speaking);
  }
}
