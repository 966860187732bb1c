import JSONDocument

/// Defaults of apiregistration.k8s.io/v1.
enum ApiregistrationDefaults {
  static let kinds: KindDefaults.Group = [
    "APIService": { $0.update("spec") { $0.update("service") { $0.setDefault("port", 443) } } }
  ]
}
