import Logging
import MVCC
import Synchronization

/// Keeps the state from growing beyond a limit: softly, by refusing at the door what would add to it. Each replica looks
/// at its own state, which the others' follows closely; what was on its way when the limit was reached still gets in.
///
/// It closes when the state is larger than the limit, and opens again by itself below fifteen sixteenths of it, so that
/// it does not flap.
final class SpaceQuota: Sendable {
  /// In bytes; nil for none.
  let limit: Int?
  private let isUsedUp = Atomic<Bool>(false)
  private let refused = Atomic<UInt64>(0)
  private let prefixes = Mutex<[PrefixSize]>([])
  /// A count of prefixes is under way, or when the next may begin.
  private let nextCount = Mutex<MonotonicTime?>(MonotonicTime(nanoseconds: 0))

  init(limit: Int?) { self.limit = limit }

  var isExceeded: Bool { isUsedUp.load(ordering: .relaxed) }

  /// How many requests were turned away.
  var refusals: UInt64 { refused.load(ordering: .relaxed) }

  /// Those that take the most, as of the last count; empty as long as there is room.
  var largestPrefixes: [PrefixSize] { prefixes.withLock { $0 } }

  /// Throws when there is no room for what the command adds.
  func admit(_ command: Command) throws(StoreError) {
    guard isExceeded, command.takesSpace else { return }
    refused.add(1, ordering: .relaxed)
    throw .noSpace
  }

  /// The state has this size. Says whether the quota has just been used up, or (false) is just kept again.
  func update(_ size: Int) -> Bool? {
    guard let limit else { return nil }
    if isExceeded {
      guard size < limit - limit / 16 else { return nil }
      isUsedUp.store(false, ordering: .relaxed)
      return false
    }
    guard size > limit else { return nil }
    isUsedUp.store(true, ordering: .relaxed)
    return true
  }

  /// Whether the prefixes are to be counted now; then ``counted(_:)`` follows.
  func beginCount() -> Bool {
    nextCount.withLock { next in
      guard let time = next, MonotonicTime.now >= time else { return false }
      next = nil
      return true
    }
  }

  func counted(_ sizes: [PrefixSize]) {
    prefixes.withLock { $0 = sizes }
    nextCount.withLock { $0 = MonotonicTime.now + 30_000 }
  }

  func forgetCount() {
    prefixes.withLock { $0 = [] }
    nextCount.withLock { if $0 != nil { $0 = MonotonicTime(nanoseconds: 0) } }
  }
}

extension Engine {
  /// After each change of the state, on the state thread. The walk over all keys is another thread's, on a copy.
  func checkSpace(_ store: MVCCStore) {
    switch quota.update(store.size) {
    case true:
      logger.error(
        "the space quota is used up: puts, transactions with puts and lease grants are refused",
        metadata: ["size": "\(store.size)", "quota": "\(quota.limit ?? 0)"])
    case false:
      quota.forgetCount()
      logger.notice("the space quota is kept again", metadata: ["size": "\(store.size)"])
    default: break
    }
    guard quota.isExceeded, quota.beginCount() else { return }
    let (quota, logger) = (quota, logger)
    Task.detached(priority: .background) {
      let largest = store.largestPrefixes(5)
      quota.counted(largest)
      logger.warning(
        "these prefixes take the most space", metadata: ["prefixes": "\(SpaceQuota.describe(largest))"])
    }
  }
}

extension SpaceQuota {
  /// For people: `/registry/pods/ 1.2 GiB (34,012 keys), …`.
  static func describe(_ sizes: [PrefixSize]) -> String {
    sizes.map { "\(name($0.prefix)) \(text(bytes: $0.bytes)) (\($0.keys) keys)" }.joined(separator: ", ")
  }

  /// A prefix as text; bytes that are no text as `\x00`.
  static func name(_ prefix: Bytes) -> String {
    if prefix.isEmpty { return "(others)" }
    return prefix.map { byte in
      (0x20...0x7e).contains(byte)
        ? String(UnicodeScalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  static func text(bytes: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var (value, unit) = (bytes * 10, 0)
    while value >= 10240, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
    return unit == 0 ? "\(bytes) B" : "\(value / 10).\(value % 10) \(units[unit])"
  }
}
