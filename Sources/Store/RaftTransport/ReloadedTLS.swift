import Files
package import Logging
import Synchronization

/// What is made of certificate, key and trust for new connections, by files that may change while it is used:
/// certificates are renewed. Connections that are there stay as they are.
///
/// What cannot be used is not: the content before stays, until the files are well again or their owner is restarted.
package final class ReloadedTLS<Contexts: Sendable>: Sendable {
  private struct State {
    var contexts: Contexts
    var expires: Int64
    /// Of the files as they were read.
    var stamps: [FileStamp]
    /// Of files that cannot be used, and how often they were looked at.
    var refused: (stamps: [FileStamp], looks: Int)?
  }

  private let files: TLSFiles
  private let make: @Sendable (TLSFiles.Content) throws -> Contexts
  private let state: Mutex<State>

  /// - Parameter make: throws when the content will not do; runs again for each new one.
  /// - Throws: what keeps the files from being used at first.
  package init(_ files: TLSFiles, make: @escaping @Sendable (TLSFiles.Content) throws -> Contexts) throws {
    // The stamps first: what changes meanwhile is seen at the next look.
    let stamps = files.paths.map { FileStamp($0) }
    let content = try files.load()
    self.files = files
    self.make = make
    state = Mutex(State(contexts: try make(content), expires: content.expires, stamps: stamps, refused: nil))
  }

  /// For a new connection.
  package var current: Contexts { state.withLock { $0.contexts } }

  /// When the certificate in use ends, in seconds since 1970.
  package var expires: Int64 { state.withLock { $0.expires } }

  /// Reads the files if they have changed since they were read. To be called now and then, not from several threads.
  ///
  /// Files that cannot be used are logged, once for each change of them, and at the second look: between two writes a
  /// certificate has another one's key.
  package func look(_ logger: Logger) {
    let stamps = files.paths.map { FileStamp($0) }
    guard state.withLock({ $0.stamps != stamps }) else { return }
    do {
      let content = try files.load()
      let contexts = try make(content)
      state.withLock { state in
        state.contexts = contexts
        state.expires = content.expires
        state.stamps = stamps
        state.refused = nil
      }
      logger.notice(
        "new certificates are in use for connections from now on",
        metadata: ["file": "\(files.certificate)", "ends": "\(content.expires)"])
    } catch {
      let looks = state.withLock { state -> Int in
        var looks = 1
        if let refused = state.refused, refused.stamps == stamps { looks = refused.looks + 1 }
        state.refused = (stamps, looks)
        return looks
      }
      if looks == 2 {
        logger.error(
          "new certificates cannot be used, those before stay in use", metadata: ["error": "\(error)"])
      }
    }
  }
}
