import { describe, expect, test } from "vitest";
import { seeded } from "../rooms/serverLog";
import {
  HOLD_MS,
  newTakeAsked,
  offsetTold,
  recorded,
  recorderStopped,
  socketClosed,
  socketOpened,
  startTake,
  type Take,
  type TakeStep,
  unacknowledgedMs,
  uploadKbps,
} from "./take";

const bytes = (...values: number[]) => new Uint8Array(values);
const sent = ({ commands }: TakeStep) => commands.flatMap((c) => (c.do === "send" ? [...c.bytes] : []));

function flowing(): Take {
  return offsetTold(socketOpened(startTake("t", "video/mp4")).take, 0, 0).take;
}

describe("the upload of a take", () => {
  test("says which take it is and sends nothing before the server named its offset", () => {
    const opened = socketOpened(startTake("t", "video/mp4"));
    expect(opened.commands).toEqual([{ do: "hello", text: '{"take":"t","container":"video/mp4","offset":0}' }]);
    const held = recorded(opened.take, bytes(1, 2, 3), 1);
    expect(sent(held)).toEqual([]);
    expect(sent(offsetTold(held.take, 0, 2))).toEqual([1, 2, 3]);
  });

  test("continues after a lost connection at the byte the server has, inside a piece too", () => {
    let take = recorded(flowing(), bytes(1, 2, 3), 1).take;
    take = recorded(take, bytes(4, 5), 2).take;
    take = offsetTold(take, 1, 3).take;
    take = socketClosed(take);
    take = recorded(take, bytes(6), 4).take;
    const again = socketOpened(take);
    expect(again.commands[0]).toMatchObject({ text: expect.stringContaining('"offset":1') });
    expect(sent(offsetTold(again.take, 4, 5))).toEqual([5, 6]);
  });

  test("resends from an offset below what was once acknowledged, while it still holds it", () => {
    let take = recorded(flowing(), bytes(1, 2, 3), 1).take;
    take = socketClosed(offsetTold(take, 2, 2).take);
    expect(sent(offsetTold(socketOpened(take).take, 0, 3))).toEqual([1, 2, 3]);
  });

  test("lets go of what is acknowledged and tells how much is not", () => {
    let take = recorded(flowing(), bytes(1, 2), 1_000).take;
    take = recorded(take, bytes(3), 3_000).take;
    expect(unacknowledgedMs(take, 5_000)).toBe(4_000);
    take = offsetTold(take, 2, 5_000).take;
    expect(unacknowledgedMs(take, 5_000)).toBe(2_000);
    expect(take.pieces).toHaveLength(1);
  });

  test("measures the speed of what arrived", () => {
    let take = recorded(offsetTold(flowing(), 0, 1_000).take, new Uint8Array(500_000), 1_000).take;
    take = offsetTold(take, 250_000, 3_000).take;
    expect(uploadKbps(take, 3_000)).toBeCloseTo(666.7, 0);
    expect(uploadKbps(take, 60_000)).toBe(0);
  });

  test("gives up for a new take when the server lost bytes, asks for it, or stays away too long", () => {
    const acknowledged = offsetTold(recorded(flowing(), bytes(1, 2, 3), 1).take, 3, 2).take;
    expect(offsetTold(socketOpened(socketClosed(acknowledged)).take, 1, 3).take.phase).toBe("given-up");
    expect(offsetTold(flowing(), 9, 3).take.phase).toBe("given-up");
    expect(newTakeAsked(flowing()).commands).toEqual([{ do: "close" }]);
    const away = socketClosed(recorded(flowing(), bytes(1), 0).take);
    expect(recorded(away, bytes(2), HOLD_MS).take.phase).toBe("waiting");
    expect(recorded(away, bytes(2), HOLD_MS + 1).take.phase).toBe("given-up");
  });

  test("closes when the recorder stopped and the last byte is on disk, not before", () => {
    const stopped = recorderStopped(recorded(flowing(), bytes(1, 2), 1).take);
    expect(stopped.commands).toEqual([]);
    expect(offsetTold(stopped.take, 1, 2).commands).toEqual([]);
    const last = offsetTold(stopped.take, 2, 3);
    expect(last.commands).toEqual([{ do: "close" }]);
    expect(last.take.phase).toBe("done");
    expect(recorderStopped(flowing()).take.phase).toBe("done");
  });

  test("puts every byte on the disk once and in order, whatever the network does", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const disk: number[] = [];
      const file: number[] = [];
      let inFlight: number[] = [];
      let take = startTake("t", "video/mp4");
      const follow = (next: TakeStep) => {
        take = next.take;
        inFlight.push(...sent(next));
      };
      let up = false;
      for (let now = 0; now < 400; now++) {
        const roll = random();
        if (roll < 0.4 && now < 300) {
          const piece = Uint8Array.from({ length: 1 + Math.floor(random() * 9) }, () => Math.floor(random() * 256));
          file.push(...piece);
          follow(recorded(take, piece, now));
        } else if (roll < 0.5) {
          up = false;
          inFlight = [];
          take = socketClosed(take);
        } else if (!up) {
          up = true;
          follow(socketOpened(take));
          follow(offsetTold(take, disk.length, now));
        } else {
          disk.push(...inFlight.splice(0, Math.floor(random() * 20)));
          if (random() < 0.7) follow(offsetTold(take, disk.length, now));
        }
        if (now === 300) follow(recorderStopped(take));
      }
      take = socketClosed(take);
      inFlight = [];
      follow(socketOpened(take));
      follow(offsetTold(take, disk.length, 401));
      disk.push(...inFlight);
      follow(offsetTold(take, disk.length, 402));
      expect(disk, `seed ${seed}`).toEqual(file);
      expect(take.phase, `seed ${seed}`).toBe("done");
    }
  });
});
