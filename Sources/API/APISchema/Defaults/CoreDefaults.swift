import JSONDocument

/// Defaults of core/v1; those of pods and services have files of their own.
enum CoreDefaults {
  static let kinds: KindDefaults.Group = [
    "Pod": PodDefaults.pod,
    "PodTemplate": { $0.update("template", PodDefaults.template) },
    "ReplicationController": replicationController,
    "Namespace": namespace,
    "Node": node,
    "Secret": secret,
    "Service": ServiceDefaults.service,
    "Endpoints": ServiceDefaults.endpoints,
    "PersistentVolume": persistentVolume,
    "PersistentVolumeClaim": persistentVolumeClaim,
    "LimitRange": limitRange,
    "ResourceQuota": resourceQuota,
  ]

  /// Every namespace can be selected by its name.
  static func namespace(_ namespace: inout JSONValue) {
    guard let name = namespace["metadata"]?["name"]?.stringValue, !name.isEmpty else { return }
    namespace.update("metadata") { metadata in
      metadata.setDefault("labels", [:])
      // Whatever the author wrote there.
      metadata.update("labels") { labels in
        if case .object = labels { labels["kubernetes.io/metadata.name"] = .string(name) }
      }
    }
    namespace.setDefault("status", [:])
    namespace.update("status") { $0.setDefaultForZero("phase", "Active") }
  }

  /// What a node does not set aside can be used.
  static func node(_ node: inout JSONValue) {
    node.update("status") { status in
      for list in ["capacity", "allocatable"] { status.update(list, roundUp) }
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

  static func persistentVolume(_ volume: inout JSONValue) {
    volume.update("spec") { spec in
      spec.setDefaultForZero("persistentVolumeReclaimPolicy", "Retain")
      spec.setDefault("volumeMode", "Filesystem")
      spec.update("capacity", roundUp)
      spec.update("hostPath") { $0.setDefault("type", "") }
    }
    volume.setDefault("status", [:])
    volume.update("status") { $0.setDefaultForZero("phase", "Pending") }
  }

  static func persistentVolumeClaim(_ claim: inout JSONValue) {
    claim.update("spec", claimSpec)
    claim.setDefault("status", [:])
    claim.update("status") { $0.setDefaultForZero("phase", "Pending") }
  }

  /// Also of a volume that brings its claim's template.
  static func claimSpec(_ spec: inout JSONValue) {
    spec.setDefault("volumeMode", "Filesystem")
    spec.update("resources") { resources in
      for list in ["limits", "requests"] { resources.update(list, roundUp) }
    }
  }

  /// The template's labels say what belongs to the controller, unless it says so itself.
  private static func replicationController(_ controller: inout JSONValue) {
    if case .object(let labels)? = controller["spec"]?["template"]?["metadata"]?["labels"], !labels.isEmpty {
      if (controller["spec"]?["selector"]?.objectValue ?? JSONObject()).isEmpty {
        controller.update("spec") { $0["selector"] = .object(labels) }
      }
      if (controller["metadata"]?["labels"]?.objectValue ?? JSONObject()).isEmpty {
        controller.setDefault("metadata", [:])
        controller.update("metadata") { $0["labels"] = .object(labels) }
      }
    }
    controller.update("spec") { $0.update("template", PodDefaults.template) }
  }

  /// What a container gets by default follows from the most it may have, what it asks for from what it gets, or
  /// from the least it may have.
  private static func limitRange(_ range: inout JSONValue) {
    range.update("spec") { spec in
      spec.updateEach("limits") { item in
        for list in ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] { item.update(list, roundUp) }
        guard item["type"] == "Container" else { return }
        fill(&item, "default", from: "max")
        fill(&item, "defaultRequest", from: "default")
        fill(&item, "defaultRequest", from: "min")
      }
    }
  }

  private static func fill(_ item: inout JSONValue, _ target: String, from source: String) {
    guard case .object(let amounts)? = item[source], !amounts.isEmpty else { return }
    item.setDefault(target, [:])
    item.update(target) { target in
      for amount in amounts.members { target.setDefault(amount.key, amount.value) }
    }
  }

  private static func resourceQuota(_ quota: inout JSONValue) {
    quota.update("spec") { $0.update("hard", roundUp) }
    quota.update("status") { status in
      for list in ["hard", "used"] { status.update(list, roundUp) }
    }
  }

  /// Amounts of resources are in thousandths at the finest, rounded up.
  static func roundUp(_ amounts: inout JSONValue) {
    guard case .object(var object) = amounts else { return }
    guard object.members.contains(where: { QuantityText.isFinerThanMilli($0.value) }) else { return }
    object.updateValues { _, amount in
      guard QuantityText.isFinerThanMilli(amount), let text = amount.stringValue,
        let exact = try? QuantityText.canonical(text), let rounded = try? QuantityText.canonical(text, inMilli: true),
        exact != rounded
      else { return }
      amount = .string(rounded)
    }
    amounts = .object(object)
  }
}
