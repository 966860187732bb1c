/*
 * The demo's web server: says which pod answered, from which address, in which version.
 *
 *   GET /         one line: pod, address, version
 *   GET /healthz  200 while the process lives
 *   GET /readyz   200, and 503 once it was asked to stop
 *
 * HTTP/1.1 with keep-alive and pipelining, one thread round poll(2), at most MAX_CONNECTIONS at once.
 *
 * SIGTERM stops it gracefully. It goes on accepting for APUS_DEMO_DRAIN_MS (default 2000), because a
 * balancer learns only a little later that this endpoint is gone; each answer then says
 * "Connection: close". After that it exits as soon as no request is half read or half answered, or after
 * APUS_DEMO_STOP_MS more (default 5000).
 *
 * Environment: HOSTNAME (a pod's name), APUS_DEMO_VERSION, PORT (8080), APUS_DEMO_DRAIN_MS, APUS_DEMO_STOP_MS.
 */
#define _GNU_SOURCE /* accept4 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 1024, MAX_REQUEST = 8192, MAX_ANSWER = 1024, IDLE_MS = 60000 };

struct connection {
  int fd;
  int closing; /* close once what is queued has been written */
  size_t have; /* bytes of `in` that are filled */
  size_t skip; /* bytes of a request's body that are still to be thrown away */
  size_t queued, sent;
  long long last;
  char in[MAX_REQUEST + 1];
  char out[MAX_ANSWER];
};

static struct connection *connections[MAX_CONNECTIONS];
static size_t count;
static volatile sig_atomic_t asked_to_stop;
static const char *pod, *version;

static void on_stop(int signal) {
  (void)signal;
  asked_to_stop = 1;
}

static long long now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static long setting(const char *name, long otherwise, long most) {
  const char *text = getenv(name);
  char *end;
  if (text == NULL || *text == 0) return otherwise;
  long value = strtol(text, &end, 10);
  if (*end != 0 || value < 0 || value > most) {
    fprintf(stderr, "apus-demo: %s=%s is not a number from 0 to %ld\n", name, text, most);
    exit(2);
  }
  return value;
}

static void say(const char *what) {
  printf("%s %s %s\n", pod, version, what);
  fflush(stdout);
}

static void local_address(int fd, char *text, socklen_t size) {
  struct sockaddr_in6 local;
  socklen_t length = sizeof local;
  snprintf(text, size, "unknown");
  if (getsockname(fd, (struct sockaddr *)&local, &length) < 0) return;
  if (IN6_IS_ADDR_V4MAPPED(&local.sin6_addr)) {
    inet_ntop(AF_INET, &local.sin6_addr.s6_addr[12], text, size);
  } else {
    inet_ntop(AF_INET6, &local.sin6_addr, text, size);
  }
}

static void answer(struct connection *c, int status, const char *reason, int head_only, int close_after) {
  char address[INET6_ADDRSTRLEN], body[512];
  local_address(c->fd, address, sizeof address);
  int length = status == 200
    ? snprintf(body, sizeof body, "apus-demo %s pod=%s address=%s\n", version, pod, address)
    : snprintf(body, sizeof body, "%d %s\n", status, reason);
  if (length >= (int)sizeof body) length = (int)sizeof body - 1;
  c->queued = (size_t)snprintf(
    c->out, sizeof c->out,
    "HTTP/1.1 %d %s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\nConnection: %s\r\n\r\n%s", status,
    reason, length, close_after ? "close" : "keep-alive", head_only ? "" : body);
  c->sent = 0;
  c->closing = close_after;
}

/* A header's value, or NULL. `line` is the first header line of a request that ends in an empty line. */
static const char *header(const char *line, const char *name) {
  size_t length = strlen(name);
  while (line != NULL && *line != '\r') {
    if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
      line += length + 1;
      while (*line == ' ' || *line == '\t') line++;
      return line;
    }
    line = strstr(line, "\r\n");
    if (line != NULL) line += 2;
  }
  return NULL;
}

static int path_is(const char *path, size_t length, const char *wanted) {
  return length == strlen(wanted) && memcmp(path, wanted, length) == 0;
}

/* Answers the first request in `in`, if it is whole. Returns whether there was one. */
static int serve(struct connection *c) {
  if (c->skip > 0) {
    size_t gone = c->skip < c->have ? c->skip : c->have;
    memmove(c->in, c->in + gone, c->have - gone);
    c->have -= gone;
    c->skip -= gone;
    if (c->skip > 0) return 0;
  }
  c->in[c->have] = 0;
  char *end = strstr(c->in, "\r\n\r\n");
  if (end == NULL) {
    if (c->have == MAX_REQUEST || memchr(c->in, 0, c->have) != NULL) {
      c->have = 0;
      answer(c, 400, "Bad Request", 0, 1);
      return 1;
    }
    return 0;
  }
  size_t length = (size_t)(end + 4 - c->in);
  char *path = strchr(c->in, ' ');
  char *protocol = path == NULL ? NULL : strpbrk(path + 1, " \r");
  const char *headers = strstr(c->in, "\r\n") + 2;
  if (protocol == NULL || strncmp(protocol, " HTTP/1.", 8) != 0 || (protocol[8] != '0' && protocol[8] != '1') ||
      header(headers, "Transfer-Encoding") != NULL) {
    c->have = 0;
    answer(c, 400, "Bad Request", 0, 1);
    return 1;
  }
  path++;
  size_t method_length = (size_t)(path - 1 - c->in);
  size_t path_length = strcspn(path, "? ");
  int head_only = method_length == 4 && memcmp(c->in, "HEAD", 4) == 0;
  int get = head_only || (method_length == 3 && memcmp(c->in, "GET", 3) == 0);
  const char *wish = header(headers, "Connection");
  int close_after = asked_to_stop || protocol[8] == '0' || (wish != NULL && strncasecmp(wish, "close", 5) == 0);
  const char *body = header(headers, "Content-Length");
  if (body != NULL) c->skip = strtoul(body, NULL, 10);

  if (!get) {
    answer(c, 405, "Method Not Allowed", 0, close_after);
  } else if (path_is(path, path_length, "/readyz") && asked_to_stop) {
    answer(c, 503, "Stopping", head_only, 1);
  } else if (path_is(path, path_length, "/") || path_is(path, path_length, "/healthz") ||
             path_is(path, path_length, "/readyz")) {
    answer(c, 200, "OK", head_only, close_after);
  } else {
    answer(c, 404, "Not Found", head_only, close_after);
  }
  memmove(c->in, c->in + length, c->have - length);
  c->have -= length;
  return 1;
}

/* Writes what is queued. Returns 0 when the connection is to be dropped. */
static int flush(struct connection *c) {
  while (c->sent < c->queued) {
    ssize_t n = send(c->fd, c->out + c->sent, c->queued - c->sent, MSG_NOSIGNAL);
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    c->sent += (size_t)n;
  }
  c->queued = c->sent = 0;
  return !c->closing;
}

/* Reads, answers, writes. Returns 0 when the connection is to be dropped. */
static int advance(struct connection *c) {
  if (c->queued > 0 && !flush(c)) return 0;
  while (c->queued == 0) {
    if (serve(c)) {
      if (!flush(c)) return 0;
      continue;
    }
    ssize_t n = recv(c->fd, c->in + c->have, MAX_REQUEST - c->have, 0);
    if (n == 0) return 0;
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    c->have += (size_t)n;
    c->last = now_ms();
  }
  return 1;
}

static void drop(size_t i) {
  close(connections[i]->fd);
  free(connections[i]);
  connections[i] = connections[--count];
}

static void accept_all(int listener) {
  while (count < MAX_CONNECTIONS) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct connection *c = calloc(1, sizeof *c);
    if (c == NULL) {
      close(fd);
      return;
    }
    c->fd = fd;
    c->last = now_ms();
    connections[count++] = c;
  }
}

static int listen_on(int port) {
  int fd = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1, zero = 0;
  struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port), .sin6_addr = in6addr_any};
  if (fd < 0) return -1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof zero);
  if (bind(fd, (struct sockaddr *)&any, sizeof any) < 0 || listen(fd, 512) < 0) return -1;
  return fd;
}

int main(void) {
  pod = getenv("HOSTNAME");
  if (pod == NULL || *pod == 0) {
    static char name[65];
    pod = gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
  }
  version = getenv("APUS_DEMO_VERSION");
  if (version == NULL) version = "unknown";
  long drain = setting("APUS_DEMO_DRAIN_MS", 2000, 3600000), bound = setting("APUS_DEMO_STOP_MS", 5000, 3600000);
  struct sigaction stopping = {.sa_handler = on_stop};
  sigaction(SIGTERM, &stopping, NULL);
  sigaction(SIGINT, &stopping, NULL);

  int listener = listen_on((int)setting("PORT", 8080, 65535));
  if (listener < 0) {
    perror("apus-demo: listen");
    return 1;
  }
  say("listening");
  long long stop_at = 0;
  for (;;) {
    if (asked_to_stop && stop_at == 0) {
      stop_at = now_ms() + drain;
      say("draining");
    }
    if (stop_at != 0 && now_ms() >= stop_at) {
      if (listener >= 0) close(listener);
      listener = -1;
      for (size_t i = count; i-- > 0;) {
        if (connections[i]->have == 0 && connections[i]->queued == 0) drop(i);
      }
      if (count == 0 || now_ms() >= stop_at + bound) break;
    }
    struct pollfd waiting[MAX_CONNECTIONS + 1];
    size_t before = count;
    waiting[0] = (struct pollfd){.fd = count < MAX_CONNECTIONS ? listener : -1, .events = POLLIN};
    for (size_t i = 0; i < count; i++) {
      waiting[i + 1] = (struct pollfd){.fd = connections[i]->fd, .events = connections[i]->queued > 0 ? POLLOUT : POLLIN};
    }
    if (poll(waiting, before + 1, stop_at != 0 ? 50 : 1000) < 0 && errno != EINTR) break;
    long long now = now_ms();
    for (size_t i = before; i-- > 0;) {
      if (waiting[i + 1].revents != 0) {
        if (!advance(connections[i])) drop(i);
      } else if (now - connections[i]->last > IDLE_MS) {
        drop(i);
      }
    }
    if (listener >= 0 && waiting[0].revents != 0) accept_all(listener);
  }
  say("stopped");
  return 0;
}
