import Synchronization

/// What is made of files that may change while it is used, such as certificates, which are renewed.
///
/// The files are looked at when it is asked for, but no more often than every `interval`. What cannot be made of them, as
/// between the two writes of a certificate and its key, is left for the next look: the content before stays.
package final class ReloadedFiles<Content: Sendable>: Sendable {
  private struct State {
    var content: Content
    var stamps: [FileStamp]
    var lastLook: ContinuousClock.Instant
  }

  private let paths: [String]
  private let interval: Duration
  private let make: @Sendable () throws -> Content
  private let state: Mutex<State>

  /// - Parameter make: reads the files; runs again after each change of one.
  /// - Throws: what keeps the files from being used at first.
  package init(
    _ paths: [String], interval: Duration = .seconds(30), make: @escaping @Sendable () throws -> Content
  ) throws {
    self.paths = paths
    self.interval = interval
    self.make = make
    // The stamps first: what changes meanwhile is seen at the next look.
    let stamps = paths.map { FileStamp($0) }
    state = Mutex(State(content: try make(), stamps: stamps, lastLook: .now))
  }

  /// What the files say, no older than `interval`. Reads small files, seldom.
  package func current() -> Content {
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.lastLook >= interval else { return state.content }
      state.lastLook = now
      let stamps = paths.map { FileStamp($0) }
      guard stamps != state.stamps, let content = try? make() else { return state.content }
      state.content = content
      state.stamps = stamps
      return content
    }
  }
}
