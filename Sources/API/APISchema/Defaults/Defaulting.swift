package import JSONDocument

extension Schema {
  /// Fills in what the author of a document left out: the defaults of the tables, then the kind's own as Kubernetes
  /// documents them. Applying them twice changes nothing. Values of the wrong type are left alone, so check the
  /// structure first.
  package func applyDefaults(to document: inout JSONValue, as kind: GroupVersionKind) {
    guard let type = index(of: kind) else { return }
    applyTableDefaults(to: &document, .type(type))
    KindDefaults.all[kind]?(&document)
  }

  private func applyTableDefaults(to value: inout JSONValue, _ type: FieldType) {
    guard reachesPresets(type) else { return }
    switch type {
    case .type(let index):
      guard case .object(var object) = value else { return }
      value = .null  // the object is now uniquely referenced
      for preset in types[index].presets {
        switch object[preset.name] {
        case nil, .null: object[preset.name] = preset.value
        case "", 0: if preset.replacesZero { object[preset.name] = preset.value }
        default: break
        }
      }
      object.updateValues { name, member in
        if let fieldType = types[index].fieldType(name) { applyTableDefaults(to: &member, fieldType) }
      }
      value = .object(object)
    case .array(let element):
      guard case .array(var elements) = value else { return }
      value = .null
      for index in elements.indices { applyTableDefaults(to: &elements[index], element) }
      value = .array(elements)
    case .map(let element):
      guard case .object(var object) = value else { return }
      value = .null
      object.updateValues { _, member in applyTableDefaults(to: &member, element) }
      value = .object(object)
    default: break
    }
  }
}

/// The defaults that a kind has beyond the tables'.
enum KindDefaults {
  typealias Transformation = @Sendable (inout JSONValue) -> Void

  /// A group's kinds, by name.
  typealias Group = [String: Transformation]

  static let all: [GroupVersionKind: Transformation] = {
    let groups: [(group: String, version: String, kinds: Group)] = [
      ("", "v1", CoreDefaults.kinds),
      ("admissionregistration.k8s.io", "v1", AdmissionregistrationDefaults.kinds),
      ("apiregistration.k8s.io", "v1", ApiregistrationDefaults.kinds),
      ("apps", "v1", AppsDefaults.kinds),
      ("authentication.k8s.io", "v1", AuthenticationDefaults.kinds),
      ("autoscaling", "v1", AutoscalingDefaults.kindsV1),
      ("autoscaling", "v2", AutoscalingDefaults.kindsV2),
      ("batch", "v1", BatchDefaults.kinds),
      ("discovery.k8s.io", "v1", DiscoveryDefaults.kinds),
      ("flowcontrol.apiserver.k8s.io", "v1", FlowcontrolDefaults.kinds),
      ("networking.k8s.io", "v1", NetworkingDefaults.kinds),
      ("rbac.authorization.k8s.io", "v1", RbacDefaults.kinds),
      ("scheduling.k8s.io", "v1", SchedulingDefaults.kinds),
      ("storage.k8s.io", "v1", StorageDefaults.kinds),
    ]
    var all: [GroupVersionKind: Transformation] = [:]
    for (group, version, kinds) in groups {
      for (kind, transformation) in kinds {
        all[GroupVersionKind(group: group, version: version, kind: kind)] = transformation
      }
    }
    return all
  }()
}

// MARK: - Editing documents

extension JSONValue {
  /// Sets a member that is absent or null. Does nothing where this is no object.
  mutating func setDefault(_ name: String, _ value: JSONValue) {
    guard case .object(let object) = self, object[name] ?? .null == .null else { return }
    self[name] = value
  }

  /// The same, where the zero value (`""`, 0) counts as absent too: fields that are no pointers in Kubernetes.
  mutating func setDefaultForZero(_ name: String, _ value: JSONValue) {
    guard case .object(let object) = self else { return }
    switch object[name] {
    case nil, .null, .string(""), .int(0): self[name] = value
    default: break
    }
  }

  /// Edits a member that is there and not null.
  mutating func update(_ name: String, _ body: (inout JSONValue) -> Void) {
    guard case .object(var object) = self, let member = object[name], !member.isNull else { return }
    self = .null  // the object is now uniquely referenced
    var value = member
    object[name] = .null
    body(&value)
    object[name] = value
    self = .object(object)
  }

  /// Edits every element of a member that is a list.
  mutating func updateEach(_ name: String, _ body: (inout JSONValue) -> Void) {
    update(name) { list in
      guard case .array(var elements) = list else { return }
      list = .null
      for index in elements.indices { body(&elements[index]) }
      list = .array(elements)
    }
  }
}
