import JSONDocument

/// Defaults of authentication.k8s.io/v1.
enum AuthenticationDefaults {
  static let kinds: KindDefaults.Group = [
    // An hour.
    "TokenRequest": { $0.update("spec") { $0.setDefault("expirationSeconds", 3600) } }
  ]
}
