#if !FUZZED_IN_PARTS
  import FuzzTargets
  import StoreAuth
  import StoreNode

  extension FuzzTarget {
    private static let auth = exampleAuth
    private static let known: [AuthIdentity] = [("root", 20), ("u", auth.revision)].map {
      AuthIdentity(user: AuthName($0.0.utf8), revision: $0.1)
    }

    /// Any text as a token names nobody, unless it is one that was made, for whom it was made.
    static let authToken = FuzzTarget(
      "auth-token",
      seeds: {
        known.map {
          Array(AuthToken.make(user: $0.user, revision: $0.revision, secret: auth.tokenSecret, now: 1000).utf8)
        }
      }
    ) { bytes in
      let token = String(decoding: bytes, as: UTF8.self)
      guard let identity = try? AuthToken.identity(of: token, in: auth, now: 2000) else { return false }
      try expect(known.contains(identity), "\(identity) was never named by a token")
      return true
    }
  }
#endif
