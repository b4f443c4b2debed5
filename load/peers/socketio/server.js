// Socket.IO 4 as its documentation has it: a room, an emit to it, WebSocket only. Timers are as precise as Node's.
import { createServer } from "node:http";
import { Server } from "socket.io";

let runs = 0;
const http = createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname !== "/broadcast") return response.writeHead(404).end();
  const [count, rate, size] = ["count", "rate", "size"].map((name) => Number(url.searchParams.get(name)));
  const began = process.hrtime.bigint();
  const mine = ++runs; // a later one takes its place
  let number = 0;
  const next = () => {
    if (mine !== runs) return;
    number++;
    const stamp = `@T${process.hrtime.bigint().toString().padStart(19, "0")}#${String(number).padStart(8, "0")}`;
    io.to("room").emit("frame", stamp.padEnd(size, "x"));
    if (number === count) return;
    const due = began + BigInt(Math.round((number / rate) * 1e9));
    setTimeout(next, Math.max(Number(due - process.hrtime.bigint()) / 1e6, 0));
  };
  setTimeout(next, 0);
  response.end("{}");
});
const io = new Server(http, { transports: ["websocket"], serveClient: false });
io.on("connection", (socket) => socket.join("room"));
http.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 });
