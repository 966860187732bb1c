package import Access

/// What a registry is told at its start.
package struct RegistryConfiguration: Sendable {
  /// Every key begins with this; it ends in a slash.
  package var prefix = "/registry/"
  /// The addresses of services, as a CIDR. Its first address is the `kubernetes` service's.
  package var serviceCIDR = "198.18.16.0/20"
  /// The ports that services of type NodePort get.
  package var nodePorts: ClosedRange<Int> = 30000...32767
  /// How many changes a resource's cache keeps for watches that resume.
  package var historyLength = 2048
  /// How many changes may wait for one watcher before it is cut off.
  package var watcherQueueLength = 1024
  /// How long a read waits for the cache to reach the version that it needs, in seconds.
  package var freshnessTimeout: Double = 3
  /// How often watchers that want them get bookmarks, in seconds.
  package var bookmarkInterval: Double = 60
  /// How long events are kept, in seconds.
  package var eventLifetime: Int64 = 3600
  /// Plug-ins of admission that are left out, by Kubernetes' names: `ServiceAccount`, `PodSecurity`, …
  package var disabledAdmissionPlugins: Set<String> = []
  /// Whether pods get their account's token without asking; off where none are issued.
  package var mountsServiceAccountTokens = true

  package init() {}
}

/// What a registry has of the world besides its storage: the time, randomness, and somebody to tell of trouble.
package struct RegistryEnvironment: Sendable {
  package enum Level: Sendable { case debug, info, warning, error }

  /// Seconds since 1970-01-01T00:00:00Z, with a fraction.
  package var now: @Sendable () -> Double
  /// 64 random bits.
  package var random: @Sendable () -> UInt64
  /// A constant message and what varies.
  package var log: @Sendable (Level, _ message: String, _ metadata: [String: String]) -> Void
  /// What is wrong with the signature of a request for a certificate (DER of PKCS #10); nil: nothing is. As it is,
  /// only the form of requests is looked at.
  package var problemWithCertificateRequest: @Sendable ([UInt8]) -> String? = { _ in nil }
  /// What a request for a certificate (DER of PKCS #10) asks for; nil where nobody can read it.
  package var readCertificateRequest: @Sendable ([UInt8]) -> RequestedCertificate? = { _ in nil }
  /// Whether a user may do something that the request's path does not show: approve and sign for a signer. nil: all may.
  package var permits: (@Sendable (UserInfo, AccessAttributes) -> Bool)?
  /// What of a write to roles and bindings is to be refused to a user; nil: nothing is.
  package var roleGuard: (@Sendable (UserInfo) -> RoleGuard)?

  /// How the parts of the control plane are, the store aside.
  package var componentHealth: @Sendable () async -> [ComponentHealth] = { [] }

  package init(
    now: @escaping @Sendable () -> Double, random: @escaping @Sendable () -> UInt64,
    log: @escaping @Sendable (Level, String, [String: String]) -> Void
  ) {
    self.now = now
    self.random = random
    self.log = log
  }
}
