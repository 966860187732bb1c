import JSONDocument

/// Defaults of admissionregistration.k8s.io/v1.
enum AdmissionregistrationDefaults {
  static let kinds: KindDefaults.Group = [
    "MutatingWebhookConfiguration": { configuration in
      configuration.updateEach("webhooks") { hook in
        webhook(&hook)
        hook.setDefault("reinvocationPolicy", "Never")
      }
    },
    "ValidatingWebhookConfiguration": { $0.updateEach("webhooks", webhook) },
    "ValidatingAdmissionPolicy": { policy in
      policy.update("spec") { spec in
        spec.setDefault("failurePolicy", "Fail")
        spec.update("matchConstraints", matchResources)
      }
    },
    "ValidatingAdmissionPolicyBinding": { $0.update("spec") { $0.update("matchResources", matchResources) } },
  ]

  private static func webhook(_ webhook: inout JSONValue) {
    webhook.setDefault("failurePolicy", "Fail")
    webhook.setDefault("timeoutSeconds", 10)
    matchResources(&webhook)
    webhook.updateEach("rules") { $0.setDefault("scope", "*") }
    webhook.update("clientConfig") { $0.update("service") { $0.setDefault("port", 443) } }
  }

  private static func matchResources(_ match: inout JSONValue) {
    match.setDefault("matchPolicy", "Equivalent")
    match.setDefault("namespaceSelector", [:])
    match.setDefault("objectSelector", [:])
    for rules in ["resourceRules", "excludeResourceRules"] {
      match.updateEach(rules) { $0.setDefault("scope", "*") }
    }
  }
}
