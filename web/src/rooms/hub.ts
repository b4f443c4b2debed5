import { HttpTransportType, type HubConnection, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

/** A silent server is a lost one after this long; it pings at least twice as often. */
export const SERVER_SILENCE_MS = 30_000;
/** How often this client pings. */
export const PING_MS = 10_000;

/** What LiveRoom needs of a SignalR connection. */
export type Hub = Pick<HubConnection, "start" | "stop" | "invoke" | "send" | "on" | "onclose">;

/** Path of the live hub, at this site and at every sibling of it. */
const PATH = "/live";

/** A connection to the live hub, not started yet. */
export function hubAt(origin = ""): Hub {
  const hub = new HubConnectionBuilder()
    .withUrl(`${origin}${PATH}`, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.None)
    .build();
  hub.serverTimeoutInMilliseconds = SERVER_SILENCE_MS;
  hub.keepAliveIntervalInMilliseconds = PING_MS;
  return hub;
}

const SECURE = new Map([
  ["https:", true],
  ["wss:", true],
  ["http:", false],
  ["ws:", false],
]);

/**
 * The origin that the server sends us to, when it is of this site: this page's host on any port, or a host below it. The
 * cookie goes with us, so anything else is not followed, nor is a way from an encrypted page to an open connection.
 */
export function siblingOf(to: string | null | undefined, page: string = location.href): string | undefined {
  if (!to) return undefined;
  const address = parsed(to);
  const here = new URL(page);
  const secure = address && SECURE.get(address.protocol);
  if (!address || secure === undefined || address.username || address.password) return undefined;
  if (here.protocol === "https:" && !secure) return undefined;
  if (address.hostname !== here.hostname && !address.hostname.endsWith(`.${here.hostname}`)) return undefined;
  return `${secure ? "https" : "http"}://${address.host}`;
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
