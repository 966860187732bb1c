import Glibc
package import KubernetesAPI

/// The machine's idea of the time of day: for what is shown to people, never for deciding who is alive.
enum WallClock {
  /// Nanoseconds since the epoch.
  static func nanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

extension Time {
  /// Now, by the machine's wall clock.
  package static func now() -> Time { Time(secondsSinceEpoch: WallClock.nanoseconds() / 1_000_000_000) }
}

extension MicroTime {
  /// Now, by the machine's wall clock.
  package static func now() -> MicroTime { MicroTime(microsecondsSinceEpoch: WallClock.nanoseconds() / 1000) }
}
