// Linux calls that Swift's Glibc module does not import, or cannot because they are variadic.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

/// Whether the calling thread is the one that the process began with (gettid(2)).
static inline int apus_is_first_thread(void) { return gettid() == getpid(); }

/// Ends this process with `signal` when the thread that made it ends (prctl(2), PR_SET_PDEATHSIG). Forgotten when the
/// calling thread ends.
static inline int apus_set_parent_death_signal(int signal) { return prctl(PR_SET_PDEATHSIG, signal); }

/// Makes this process the one that inherits orphans below it (prctl(2), PR_SET_CHILD_SUBREAPER).
static inline int apus_set_child_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1); }

/// A descriptor that becomes readable when one of SIGTERM, SIGINT, SIGHUP or SIGCHLD is pending. They are blocked
/// in the calling thread (signalfd(2)).
static inline int apus_open_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGHUP);
  sigaddset(&set, SIGCHLD);
  if (sigprocmask(SIG_BLOCK, &set, NULL) != 0) return -1;
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// Makes a pipe whose ends are closed on exec from their birth, so that a child spawned meanwhile cannot keep them open
/// (pipe2(2)).
static inline int apus_open_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

/// The number of the next pending signal, 0 when there is none.
static inline int apus_read_signal(int descriptor) {
  struct signalfd_siginfo information;
  ssize_t count = read(descriptor, &information, sizeof information);
  return count == (ssize_t)sizeof information ? (int)information.ssi_signo : 0;
}

/// Moves the calling thread, and only it, into the network namespace behind a descriptor (setns(2)).
int apus_enter_network(int descriptor);

/// Asks for slices of so many nanoseconds for the calling thread, from 100,000 to 100,000,000 (sched_setattr(2); threads
/// with an ordinary policy have a slice of their own since Linux 6.12). A thread with a short slice runs soon after it
/// was woken, also on a busy processor, for no greater share of it. Its nice value stays. Returns -1 with errno where
/// the kernel has no such thing or the thread has another policy.
int apus_set_time_slice(uint64_t nanoseconds);

/// Raises the calling thread's nice value, for good. Zero, or -1 with errno.
int apus_set_niceness(int nice);

/// Starts to write a part of a file to the disk, without waiting and without a promise (sync_file_range(2)).
static inline int apus_start_writing(int descriptor, uint64_t start, uint64_t count) {
  return sync_file_range(descriptor, (off64_t)start, (off64_t)count, SYNC_FILE_RANGE_WRITE);
}

/// Waits for what was started so.
static inline int apus_await_writing(int descriptor, uint64_t start, uint64_t count) {
  return sync_file_range(descriptor, (off64_t)start, (off64_t)count, SYNC_FILE_RANGE_WAIT_BEFORE);
}
