import type { CallEngine, EngineHost } from "./engine";
import type { EngineName } from "./wire";

/** Loads what speaks to the engine that the server named. */
export async function loadEngine(name: EngineName): Promise<(host: EngineHost) => CallEngine> {
  switch (name) {
    case "mesh": {
      const { Mesh } = await import("./mesh");
      return (host) => new Mesh(host);
    }
    case "janus": {
      const { JanusEngine } = await import("./janus/engine");
      return (host) => new JanusEngine(host);
    }
    case "livekit": {
      const { LiveKit } = await import("./livekit");
      return (host) => new LiveKit(host);
    }
    default:
      throw new Error(`This page does not know the media engine ${name}.`);
  }
}
