package import ClusterClient
import Synchronization

/// Keeps a controller from acting on a cache that does not show its own last writes yet, which would make it create or
/// delete twice.
///
/// Kubernetes counts expected events; here the revision of each write is remembered instead, which needs no events to
/// arrive one by one: the cache is fresh for a name once it has come as far as the last write made for it (revisions
/// grow over the whole cluster, and a write's own event is among those the cache receives).
///
/// A write that met no answer may have happened: the name is then marked to be read from the API once, not from the
/// cache. Kept per term: a new leader's cache begins with a list that shows everything written before.
package final class WriteBarrier: Sendable {
  package enum Source: Sendable, Equatable {
    /// The cache shows every write made for the name.
    case cache
    /// A write's outcome is unknown: read from the API.
    case api
    /// The cache is behind; look again shortly.
    case wait
  }

  private struct Entry {
    var revision: UInt64 = 0
    var unknown = false
  }

  private let entries = Mutex<[ObjectKey: Entry]>([:])

  package init() {}

  /// Where to read from for `key`, given how far the cache has come.
  package func source(for key: ObjectKey, cacheRevision: UInt64) -> Source {
    entries.withLock { entries in
      guard let entry = entries[key] else { return .cache }
      if entry.unknown { return .api }
      if entry.revision > cacheRevision { return .wait }
      entries[key] = nil
      return .cache
    }
  }

  /// A write for `key` was answered with this resource version.
  package func wrote(_ key: ObjectKey, resourceVersion: String) {
    guard let revision = UInt64(resourceVersion) else { return }
    entries.withLock { $0[key, default: Entry()].revision = max($0[key]?.revision ?? 0, revision) }
  }

  /// A write for `key` met no answer.
  package func lost(_ key: ObjectKey) { entries.withLock { $0[key, default: Entry()].unknown = true } }

  /// A read from the API has settled what was unknown. `newest` is the newest resource version among the objects it
  /// showed (not the list's own, which a quiet cache need not reach): the cache is fresh once it has come as far.
  package func settled(_ key: ObjectKey, newest: UInt64) {
    entries.withLock { entries in
      var entry = entries[key] ?? Entry()
      entry.unknown = false
      entry.revision = max(entry.revision, newest)
      entries[key] = entry
    }
  }

  /// Forgets a name whose object is gone.
  package func forget(_ key: ObjectKey) { entries.withLock { $0[key] = nil } }
}
