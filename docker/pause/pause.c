/*
 * The pod sandbox's first process. It holds the pod's namespaces open for as long as the pod lives,
 * and where the pod's containers share a PID namespace it is their init: it reaps what is orphaned.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void stop(int signal) {
  (void)signal;
  _exit(0);
}

static void reap(int signal) {
  (void)signal;
  while (waitpid(-1, NULL, WNOHANG) > 0) {
  }
}

int main(void) {
  struct sigaction stopping = {.sa_handler = stop};
  struct sigaction reaping = {.sa_handler = reap, .sa_flags = SA_NOCLDSTOP | SA_RESTART};
  if (sigaction(SIGTERM, &stopping, NULL) < 0 || sigaction(SIGINT, &stopping, NULL) < 0 ||
      sigaction(SIGCHLD, &reaping, NULL) < 0) {
    return EXIT_FAILURE;
  }
  for (;;) pause();
}
