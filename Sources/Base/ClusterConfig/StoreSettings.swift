extension ClusterConfig {
  /// What the store keeps, and for how long.
  package struct Store: Hashable, Sendable {
    /// How large the store's state (keys, values, their history) may grow before writes that add to it are refused, in
    /// bytes; nil for no limit. etcd's `--quota-backend-bytes`. Default 2 GiB, etcd's.
    package var quota: Int64? = 2 << 30
    /// When the history is compacted by the store itself. Default: never.
    package var autoCompaction: AutoCompaction?

    /// What each replica may keep of its last steps on disk, in bytes, for `apus store replay`; 0 for nothing.
    package var recordSize: Int64 = 64 << 20

    package init() {}
  }

  /// etcd's `--auto-compaction-mode` and `--auto-compaction-retention`.
  package enum AutoCompaction: Hashable, Sendable {
    /// Keep the history of this time.
    case periodic(Duration)
    /// Keep so many revisions.
    case revision(Int64)
  }

  static func readStore(_ fields: YAMLFields) -> Store {
    fields.expectKeys(["quota", "autoCompactionMode", "autoCompactionRetention", "recordSize"])
    var store = Store()
    if let quota = fields.child("quota") {
      if quota.text == "none" {
        store.quota = nil
      } else {
        store.quota = quota.value("a size such as 512MiB or 2GiB (16MiB at least), or none", size) ?? store.quota
      }
    }
    if let record = fields.child("recordSize") {
      if record.text == "none" {
        store.recordSize = 0
      } else {
        store.recordSize = record.value("a size such as 64MiB (16MiB at least), or none", size) ?? store.recordSize
      }
    }
    let modes = ["periodic", "revision"]
    let mode = fields.child("autoCompactionMode")?.value("periodic or revision", { modes.contains($0) ? $0 : nil })
    guard let retention = fields.child("autoCompactionRetention") else {
      if mode != nil { fields.report("missing: how much is kept", field: "autoCompactionRetention") }
      return store
    }
    if mode == "revision" {
      let count = retention.value("a number of revisions") { Int64($0).flatMap { $0 >= 0 ? $0 : nil } }
      if let count, count > 0 { store.autoCompaction = .revision(count) }
    } else {
      // Periodic is etcd's default mode, and 0 its word for never.
      let duration = retention.value("a duration such as 30m or 8h", Self.retention)
      if let duration, duration > .zero { store.autoCompaction = .periodic(duration) }
    }
    return store
  }

  /// Reads `8h`, `30m`, `90s`; a number alone counts hours, as in etcd.
  static func retention(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int64(digits), count <= 876_000 else { return nil }
    switch text.dropFirst(digits.count) {
    case "", "h": return .seconds(count * 3600)
    default: return duration(text)
    }
  }

  /// Reads `512MiB`, `2GiB`, or a number of bytes.
  static func size(_ text: String) -> Int64? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units: [Substring: Int64] = ["": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40]
    guard let count = Int64(digits), let unit = units[text.dropFirst(digits.count)], count <= (1 << 50) / unit else {
      return nil
    }
    return count * unit >= 16 << 20 ? count * unit : nil
  }
}
