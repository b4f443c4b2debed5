// What keeps a VU's iteration from ending: k6 waits for open sockets and timers.
const open = new Set();

export const begin = (what) => {
  const one = { what };
  open.add(one);
  return () => open.delete(one);
};

/** Answers what is still open when the time is over; nothing when all of it ended. */
export async function ended(milliseconds) {
  for (const until = Date.now() + milliseconds; open.size > 0 && Date.now() < until;) await new Promise((done) => setTimeout(done, 10));
  return [...open].map((one) => one.what);
}
