import JSONDocument

/// Defaults of discovery.k8s.io/v1.
enum DiscoveryDefaults {
  static let kinds: KindDefaults.Group = [
    "EndpointSlice": { slice in
      slice.updateEach("ports") { port in
        port.setDefault("name", "")
        port.setDefault("protocol", "TCP")
      }
    }
  ]
}
