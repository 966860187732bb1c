import JSONDocument

/// Defaults of the smaller kinds.
enum ObjectDefaults {
  /// Every namespace can be selected by its name.
  static func namespace(_ namespace: inout JSONValue) {
    guard let name = namespace["metadata"]?["name"]?.stringValue, !name.isEmpty else { return }
    namespace.update("metadata") { metadata in
      metadata.setDefault("labels", [:])
      metadata.update("labels") { $0.setDefault("kubernetes.io/metadata.name", .string(name)) }
    }
  }

  /// What a node does not set aside can be used.
  static func node(_ node: inout JSONValue) {
    node.update("status") { status in
      if let capacity = status["capacity"] { status.setDefault("allocatable", capacity) }
    }
  }

  /// `stringData` is for writing only: its values join `data`, in base64.
  static func secret(_ secret: inout JSONValue) {
    secret.setDefaultForZero("type", "Opaque")
    guard case .object(let strings)? = secret["stringData"] else { return }
    if !strings.isEmpty {
      secret.setDefault("data", [:])
      secret.update("data") { data in
        for member in strings.members {
          guard let text = member.value.stringValue else { continue }
          data[member.key] = .string(Base64.encode(Array(text.utf8)))
        }
      }
    }
    secret["stringData"] = nil
  }

  static func persistentVolumeClaim(_ claim: inout JSONValue) {
    claim.update("spec") { $0.setDefault("volumeMode", "Filesystem") }
    claim.setDefault("status", [:])
    claim.update("status") { $0.setDefaultForZero("phase", "Pending") }
  }
}
