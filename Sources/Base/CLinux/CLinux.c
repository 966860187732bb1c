#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/syscall.h>

int apus_enter_network(int descriptor) { return setns(descriptor, CLONE_NEWNET); }

// Of a thread, not of the process: Linux differs from POSIX here (setpriority(2)).
int apus_set_niceness(int nice) { return setpriority(PRIO_PROCESS, 0, nice); }

int apus_set_time_slice(uint64_t nanoseconds) {
  // The first version of the kernel's struct sched_attr; glibc has it from 2.41 on only.
  struct {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
  } attributes = {.size = sizeof attributes, .policy = SCHED_OTHER, .runtime = nanoseconds};
  if (sched_getscheduler(0) != SCHED_OTHER) {
    errno = EINVAL;
    return -1;
  }
  errno = 0;
  attributes.nice = getpriority(PRIO_PROCESS, 0);
  if (errno != 0) return -1;
  return (int)syscall(SYS_sched_setattr, 0, &attributes, 0);
}
