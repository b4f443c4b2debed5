/* The floor: the cheapest way to broadcast over WebSockets that an ordinary kernel offers. One thread, epoll, one send() per socket, nothing
 * else: no accounts, no rooms, no order, no memory of what was sent. What an engine costs above it is what its abilities cost.
 *   floor PORT
 *   GET /broadcast?count=K&rate=R&size=S   K messages of S bytes, R a second, to everybody
 *   GET /state                             {"connections":n,"sent":n,"dropped":n}
 * A message that a socket does not take whole is dropped and counted: the bench rejects such a round. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define MOST 65536
static int sockets[MOST], place[MOST], count;
static char listening[MOST]; /* the WebSocket of this descriptor stands */
static uint64_t sent, dropped;
static uint64_t due, step;  /* nanoseconds: of the next message, between two */
static int number, last, size;
static uint8_t frame[1 << 16];

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* SHA-1 (RFC 3174) of at most 119 bytes and base64, for Sec-WebSocket-Accept. */
static uint32_t rotate(uint32_t v, int by) { return v << by | v >> (32 - by); }

static void sha1(const uint8_t *data, size_t length, uint8_t digest[20]) {
  uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  uint8_t text[128] = {0};
  memcpy(text, data, length);
  text[length] = 0x80;
  size_t whole = ((length + 8) / 64 + 1) * 64;
  for (int i = 0; i < 8; i++) text[whole - 1 - i] = (uint64_t)length * 8 >> (8 * i);
  for (size_t block = 0; block < whole; block += 64) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 16; i++) {
      const uint8_t *p = text + block + 4 * i;
      w[i] = (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
    }
    for (int i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
      uint32_t f, k;
      if (i < 20) f = (b & c) | (~b & d), k = 0x5A827999;
      else if (i < 40) f = b ^ c ^ d, k = 0x6ED9EBA1;
      else if (i < 60) f = (b & c) | (b & d) | (c & d), k = 0x8F1BBCDC;
      else f = b ^ c ^ d, k = 0xCA62C1D6;
      uint32_t t = rotate(a, 5) + f + e + k + w[i];
      e = d, d = c, c = rotate(b, 30), b = a, a = t;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
  }
  for (int i = 0; i < 20; i++) digest[i] = h[i / 4] >> (24 - 8 * (i % 4));
}

static void base64(const uint8_t *data, int length, char *text) {
  static const char *digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int i = 0; i < length; i += 3) {
    uint32_t v = data[i] << 16 | (i + 1 < length ? data[i + 1] : 0) << 8 | (i + 2 < length ? data[i + 2] : 0);
    *text++ = digits[v >> 18 & 63];
    *text++ = digits[v >> 12 & 63];
    *text++ = i + 1 < length ? digits[v >> 6 & 63] : '=';
    *text++ = i + 2 < length ? digits[v & 63] : '=';
  }
  *text = 0;
}

static void leave(int fd) {
  if (listening[fd]) {
    listening[fd] = 0;
    int at = place[fd];
    sockets[at] = sockets[--count];
    place[sockets[at]] = at;
  }
  close(fd);
}

static void broadcast(void) {
  int head = size < 126 ? 2 : 4;
  frame[0] = 0x81;
  if (head == 2) frame[1] = size;
  else frame[1] = 126, frame[2] = size >> 8, frame[3] = size;
  memset(frame + head, 'x', size);
  char stamp[64];
  int n = sprintf(stamp, "@T%019llu#%08d", (unsigned long long)now(), number);
  memcpy(frame + head, stamp, n);
  for (int i = 0; i < count;) {
    ssize_t took = send(sockets[i], frame, head + size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (took == head + size) sent++;
    else if (took < 0 && errno != EAGAIN) { leave(sockets[i]); continue; }
    else dropped++;
    i++;
  }
}

static double parameter(const char *request, const char *name, double otherwise) {
  char key[32];
  snprintf(key, sizeof key, "%s=", name);
  const char *at = strstr(request, key);
  return at ? atof(at + strlen(key)) : otherwise;
}

static void answer(int fd, const char *body) {
  char text[300];
  int n = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", strlen(body), body);
  if (write(fd, text, n) < 0) {}
  leave(fd);
}

static void read_from(int fd) {
  char request[4096];
  ssize_t n = read(fd, request, sizeof request - 1);
  if (n < 0 && errno == EAGAIN) return;
  if (n <= 0) { leave(fd); return; }
  if (listening[fd]) return; /* pings and goodbyes of clients */
  request[n] = 0;
  if (!strncmp(request, "GET /broadcast", 14)) {
    size = parameter(request, "size", 200);
    if (size < 30) size = 30;
    if (size > 60000) size = 60000;
    number = 0, last = parameter(request, "count", 1), sent = dropped = 0;
    step = 1e9 / parameter(request, "rate", 1), due = now();
    answer(fd, "{}");
    return;
  }
  if (!strncmp(request, "GET /state", 10)) {
    char body[200];
    snprintf(body, sizeof body, "{\"connections\":%d,\"sent\":%llu,\"dropped\":%llu}", count, (unsigned long long)sent, (unsigned long long)dropped);
    answer(fd, body);
    return;
  }
  char *key = strcasestr(request, "Sec-WebSocket-Key: "), *end = key ? strstr(key, "\r\n") : NULL;
  if (!end || end - key - 19 > 40) { leave(fd); return; }
  char text[128];
  int length = end - key - 19;
  memcpy(text, key + 19, length);
  memcpy(text + length, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
  uint8_t digest[20];
  char accept[40], reply[256];
  sha1((uint8_t *)text, length + 36, digest);
  base64(digest, 20, accept);
  int m = sprintf(reply, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accept);
  if (write(fd, reply, m) != m) { leave(fd); return; }
  listening[fd] = 1, place[fd] = count, sockets[count++] = fd;
}

int main(int argc, char **argv) {
  if (argc < 2) return fprintf(stderr, "floor PORT\n"), 2;
  signal(SIGPIPE, SIG_IGN);
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max < MOST ? limit.rlim_max : MOST;
  setrlimit(RLIMIT_NOFILE, &limit);
  int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1, poll = epoll_create1(0);
  setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  setsockopt(door, IPPROTO_TCP, TCP_CONGESTION, "cubic", 5); /* cheaper than bbr, which is what a floor is for; it stays what it is where there is none */
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(door, (void *)&address, sizeof address) || listen(door, 4096)) return perror("listen"), 1;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = door}, events[512];
  epoll_ctl(poll, EPOLL_CTL_ADD, door, &event);
  for (;;) {
    int64_t rest = number < last ? (int64_t)(due - now()) : 100000000;
    int n = epoll_wait(poll, events, 512, rest <= 0 ? 0 : (int)(rest / 1000000));
    for (int i = 0; i < n; i++) {
      if (events[i].data.fd != door) { read_from(events[i].data.fd); continue; }
      for (int fd; (fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        if (fd >= MOST) { close(fd); continue; }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        event.events = EPOLLIN, event.data.fd = fd;
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
      }
    }
    while (number < last && now() >= due) {
      number++;
      broadcast();
      due += step;
    }
  }
}
