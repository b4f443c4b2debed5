/// A clock that keeps its pace in a hidden tab, where the page's own timers are slowed to one tick a second.
let timer: ReturnType<typeof setInterval> | undefined;

self.onmessage = (message: MessageEvent<number>) => {
  clearInterval(timer);
  if (message.data > 0) timer = setInterval(() => self.postMessage(0), message.data);
};
