import JSONDocument

/// Defaults of networking.k8s.io/v1.
enum NetworkingDefaults {
  static let kinds: KindDefaults.Group = [
    "NetworkPolicy": networkPolicy,
    "IngressClass": { $0.update("spec") { $0.update("parameters") { $0.setDefault("scope", "Cluster") } } },
  ]

  /// A policy is about what comes in, and about what goes out if it has rules for that.
  private static func networkPolicy(_ policy: inout JSONValue) {
    policy.update("spec") { spec in
      guard case .object = spec else { return }
      for rules in ["ingress", "egress"] {
        spec.updateEach(rules) { rule in
          rule.updateEach("ports") { $0.setDefault("protocol", "TCP") }
        }
      }
      guard (spec["policyTypes"]?.arrayValue ?? []).isEmpty else { return }
      let hasEgress = !(spec["egress"]?.arrayValue ?? []).isEmpty
      spec["policyTypes"] = hasEgress ? ["Ingress", "Egress"] : ["Ingress"]
    }
  }
}
