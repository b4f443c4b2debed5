import { expect, test } from "vitest";
import { Carrier } from "./carrier";
import type { CallEngine, EngineHost, Seen } from "./engine";
import type { CallSignal, EngineName, Entered } from "./wire";

class Lab {
  readonly hosts = new Map<EngineName, EngineHost>();
  readonly told: string[] = [];
  readonly shown = new Map<string, Seen | undefined>();
  readonly carrier = new Carrier(
    {
      me: "me",
      peers: () => [],
      mayPublish: () => true,
      sources: () => new Map(),
      signal: async () => undefined,
      enterAgain: () => undefined,
      show: (peer, seen) => this.shown.set(peer, seen),
      heard: () => undefined,
      showUplink: () => undefined,
    },
    async (name) => (host) => {
      this.hosts.set(name, host);
      const tell = (what: string) => () => void this.told.push(`${name} ${what}`);
      const engine: CallEngine = {
        entered: tell("entered"),
        peersChanged: tell("peers"),
        sourcesChanged: tell("sources"),
        signalled: ({ kind }: CallSignal) => void this.told.push(`${name} ${kind}`),
        close: tell("closed"),
      };
      return engine;
    },
  );

  signal(kind: string, from?: string) {
    this.carrier.signalled({ room: "room", kind, data: "{}", ...(from && { from }) });
  }
}

const seen = (link: Seen["link"]): Seen => ({ link, streams: new Map() });

test("a call moves to a server while the browsers' own ways are kept until the new one stands", async () => {
  const lab = new Lab();
  lab.signal("offer", "sofia"); // before we know what carries it
  await lab.carrier.take("mesh");
  lab.carrier.entered({} as Entered);
  lab.hosts.get("mesh")?.show("sofia", seen("connected"));
  lab.hosts.get("mesh")?.show("kwame", seen("connecting"));

  lab.signal("offer"); // of the server, before it told us to enter again
  await lab.carrier.take("janus");
  lab.carrier.entered({} as Entered);
  lab.signal("candidates", "sofia");
  lab.signal("answer");
  expect(lab.told).toEqual([
    "mesh entered",
    "mesh offer",
    "janus entered",
    "janus offer",
    "mesh candidates",
    "janus answer",
  ]);

  lab.hosts.get("janus")?.show("sofia", seen("connecting"));
  expect(lab.shown.get("sofia")?.link).toBe("connected");
  lab.hosts.get("janus")?.show("sofia", seen("connected"));
  expect(lab.told).not.toContain("mesh closed");
  lab.hosts.get("janus")?.show("kwame", seen("connected"));
  expect(lab.told).toContain("mesh closed");
  expect(lab.shown.get("kwame")?.link).toBe("connected");

  lab.signal("late", "sofia");
  lab.signal("streams");
  expect(lab.told.at(-1)).toBe("janus streams");
  expect(lab.told).not.toContain("mesh late");
  lab.carrier.close();
});
