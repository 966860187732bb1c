import Glibc
package import NIOCore
package import NIOPosix

/// A server that cannot have its address or path: which, why, and what to do.
package struct ListenError: Error, Hashable, Sendable, CustomStringConvertible {
  /// `ADDRESS:PORT`, or a socket's path.
  package var place: String
  /// The system's error number; 0 if it gave none.
  package var code: Int32
  /// The system's words.
  package var reason: String

  package init(place: String, code: Int32, reason: String) {
    self.place = place
    self.code = code
    self.reason = reason
  }

  package init(place: String, _ error: any Error) {
    if let error = error as? IOError {
      self.init(place: place, code: error.errnoCode, reason: String(cString: strerror(error.errnoCode)))
    } else {
      self.init(place: place, code: 0, reason: "\(error)")
    }
  }

  package var description: String {
    let advice =
      switch code {
      case EADDRINUSE: ": another process listens there; end it, or choose another port"
      case EADDRNOTAVAIL: ": this machine does not have that address; is it the right host of the cluster's file?"
      case EACCES: ": not allowed; ports below 1024 and folders of others need root"
      default: ""
      }
    return "cannot listen on \(place): \(reason)\(advice)"
  }
}

extension ServerBootstrap {
  /// Binds an address of this machine; port 0 is any that is free.
  package func listen(host: String, port: Int) async throws(ListenError) -> any Channel {
    do { return try await bind(host: host, port: port).get() } catch {
      throw ListenError(place: "\(host):\(port)", error)
    }
  }

  /// Binds a Unix domain socket; a socket that an earlier process left there is removed.
  package func listen(path: String) async throws(ListenError) -> any Channel {
    do { return try await bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get() } catch {
      throw ListenError(place: path, error)
    }
  }
}
