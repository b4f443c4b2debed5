/** Whether pictures and voices find a way out of this network, before anybody is at the other end. */

/** `direct`: people reach us. `relay`: our relay reaches us. `local`: only people in the same network do. `blocked`: nobody. */
export type Way = "direct" | "relay" | "local" | "blocked";

/** Gathering takes this long at most, in milliseconds. */
const GATHER_MS = 5_000;

/** What the kinds of ICE candidates that were gathered mean, `candidate.type` of RFC 8445: host, srflx, relay. */
export function wayOf(types: ReadonlySet<string>, relayWanted: boolean): Way {
  if (types.has("srflx") || types.has("prflx")) return "direct";
  if (types.has("relay")) return "relay";
  if (types.size === 0) return "blocked";
  // A relay is there and does not answer: from here the world cannot be reached.
  return relayWanted ? "blocked" : "local";
}

/** A STUN or TURN server, as the graph tells it. */
export interface IceServerNow {
  urls: string[];
  username: string | null;
  credential: string | null;
}

/** Gathers candidates with these servers and looks what comes. */
export async function findWay(servers: readonly IceServerNow[], signal: AbortSignal): Promise<Way> {
  if (typeof RTCPeerConnection !== "function") return "blocked";
  const connection = new RTCPeerConnection({
    iceServers: servers.map(({ urls, username, credential }) => ({
      urls,
      ...(username && { username }),
      ...(credential && { credential }),
    })),
  });
  const types = new Set<string>();
  try {
    connection.createDataChannel("way");
    await connection.setLocalDescription();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS);
      signal.addEventListener("abort", () => resolve(), { once: true });
      connection.onicecandidate = ({ candidate }) => {
        if (candidate?.type) types.add(candidate.type);
        // With a relay all is known; a null candidate ends the gathering.
        if (candidate && candidate.type !== "relay") return;
        clearTimeout(timer);
        resolve();
      };
    });
  } finally {
    connection.close();
  }
  return wayOf(types, asksRelay(servers));
}

function asksRelay(servers: readonly IceServerNow[]): boolean {
  return servers.some(({ urls }) => urls.some((url) => url.startsWith("turn")));
}
