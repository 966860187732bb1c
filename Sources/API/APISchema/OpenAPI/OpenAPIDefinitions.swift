import JSONDocument

extension OpenAPI {
  /// The kinds that every group-version speaks beside its own.
  private static let commonKinds = ["Status", "DeleteOptions", "WatchEvent", "APIResourceList"]

  /// The schemas of the types that the group-versions' resources lead to.
  func definitions(reachableFrom groupVersions: [GroupVersion], style: Style) -> JSONValue {
    let common = style == .v2 ? Self.commonKinds + Self.discoveryKinds : Self.commonKinds
    var pending: [Int] = common.compactMap { schema.index(package: "meta", version: "v1", name: $0) }
    for groupVersion in groupVersions {
      for resource in resources.resources(of: groupVersion) {
        pending += [resource.kind, listKind(of: resource)].compactMap { schema.index(of: $0) }
      }
    }
    var seen: Set<Int> = []
    var scalars: Set<String> = style == .v2 ? [Self.patchName, Self.versionInfoName] : [Self.patchName]
    while let index = pending.popLast() {
      guard seen.insert(index).inserted else { continue }
      for field in schema.types[index].fields { collect(field.type, &pending, &scalars) }
    }
    var members: [(String, JSONValue)] = seen.map { (name(ofType: $0), definition(ofType: $0, style: style)) }
    members += scalars.map { ($0, Self.scalarDefinitions[$0] ?? [:]) }
    return .object(JSONObject(members.sorted { $0.0 < $1.0 }))
  }

  func listKind(of resource: ResourceSchema) -> GroupVersionKind {
    var kind = resource.kind
    kind.kind += "List"
    return kind
  }

  private func collect(_ type: FieldType, _ pending: inout [Int], _ scalars: inout Set<String>) {
    switch type {
    case .type(let index): pending.append(index)
    case .array(let element), .map(let element): collect(element, &pending, &scalars)
    default: if let name = Self.scalarName(type) { scalars.insert(name) }
    }
  }

  // MARK: - Names

  /// What the names of `meta/v1`'s types begin with.
  static let metaPrefix = "io.k8s.apimachinery.pkg.apis.meta.v1."

  /// `io.k8s.api.core.v1.Pod`
  func name(ofType index: Int) -> String {
    let type = schema.types[index]
    let label = type.package.split(separator: ".")[0]
    switch type.package {
    case "meta": return Self.metaPrefix + type.name
    case "apiextensions.k8s.io":
      return "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.\(type.version).\(type.name)"
    case "apiregistration.k8s.io":
      return "io.k8s.kube-aggregator.pkg.apis.apiregistration.\(type.version).\(type.name)"
    case "metrics.k8s.io": return "io.k8s.metrics.pkg.apis.metrics.\(type.version).\(type.name)"
    default: return "io.k8s.api.\(label).\(type.version).\(type.name)"
    }
  }

  private static func scalarName(_ type: FieldType) -> String? {
    switch type {
    case .time: return "io.k8s.apimachinery.pkg.apis.meta.v1.Time"
    case .microTime: return "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"
    case .duration: return "io.k8s.apimachinery.pkg.apis.meta.v1.Duration"
    case .quantity: return "io.k8s.apimachinery.pkg.api.resource.Quantity"
    case .intOrString: return "io.k8s.apimachinery.pkg.util.intstr.IntOrString"
    case .any("RawExtension"): return "io.k8s.apimachinery.pkg.runtime.RawExtension"
    case .any("FieldsV1"): return "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1"
    case .any(let name): return "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.\(name)"
    default: return nil
    }
  }

  /// What patch operations take: it has no fields of its own.
  private static let patchName = "io.k8s.apimachinery.pkg.apis.meta.v1.Patch"

  private static let scalarDefinitions: [String: JSONValue] = [
    patchName: ["type": "object"],
    versionInfoName: versionInfo,
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": ["type": "string", "format": "date-time"],
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": ["type": "string", "format": "date-time"],
    "io.k8s.apimachinery.pkg.apis.meta.v1.Duration": ["type": "string"],
    "io.k8s.apimachinery.pkg.api.resource.Quantity": ["type": "string"],
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": ["type": "string", "format": "int-or-string"],
    "io.k8s.apimachinery.pkg.runtime.RawExtension": ["type": "object"],
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": ["type": "object"],
  ]

  // MARK: - Schemas

  private func definition(ofType index: Int, style: Style) -> JSONValue {
    let type = schema.types[index]
    var definition: JSONObject = ["type": "object"]
    let text = Descriptions.builtIn.text(of: type)
    if let text { definition["description"] = .string(text) }
    var properties = JSONObject()
    if type.isKind {
      var (version, kind): (JSONObject, JSONObject) = (["type": "string"], ["type": "string"])
      if text != nil {
        version["description"] = .string(Descriptions.apiVersion)
        kind["description"] = .string(Descriptions.kind)
      }
      properties["apiVersion"] = .object(version)
      properties["kind"] = .object(kind)
    }
    for field in type.fields { properties[field.name] = property(field, of: type, style: style) }
    if !properties.isEmpty { definition["properties"] = .object(properties) }
    let required = type.fields.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { definition["required"] = .array(required) }
    if type.isKind { definition["x-kubernetes-group-version-kind"] = .array(kinds(of: type)) }
    if type.isAtomic { definition["x-kubernetes-map-type"] = "atomic" }
    return .object(definition)
  }

  /// `meta/v1`'s kinds belong to every group-version, but for those of discovery.
  private func kinds(of type: TypeSchema) -> [JSONValue] {
    guard type.package == "meta", !Self.discoveryKinds.contains(type.name) else {
      return [Self.document(type.groupVersionKind)]
    }
    return resources.groupVersions.map {
      Self.document(GroupVersionKind(group: $0.group, version: $0.version, kind: type.name))
    }
  }

  static func document(_ kind: GroupVersionKind) -> JSONValue {
    ["group": .string(kind.group), "kind": .string(kind.kind), "version": .string(kind.version)]
  }

  private func property(_ field: FieldSchema, of type: TypeSchema, style: Style) -> JSONValue {
    var extensions = JSONObject()
    if let text = Descriptions.builtIn.text(of: field.name, in: type) { extensions["description"] = .string(text) }
    if let preset = field.defaultValue { extensions["default"] = preset }
    if !field.enumValues.isEmpty, field.type == .string {
      extensions["enum"] = .array(field.enumValues.map { .string($0) })
    }
    if let type = field.listType {
      switch field.type {
      case .array: extensions["x-kubernetes-list-type"] = .string(type.rawValue)
      default: extensions["x-kubernetes-map-type"] = .string(type.rawValue)
      }
    }
    if !field.listMapKeys.isEmpty {
      extensions["x-kubernetes-list-map-keys"] = .array(field.listMapKeys.map { .string($0) })
    }
    if let key = field.mergeKey { extensions["x-kubernetes-patch-merge-key"] = .string(key) }
    if !field.patchStrategy.isEmpty {
      var names: [String] = []
      if field.patchStrategy.contains(.merge) { names.append("merge") }
      if field.patchStrategy.contains(.retainKeys) { names.append("retainKeys") }
      if field.patchStrategy.contains(.replace) { names.append("replace") }
      extensions["x-kubernetes-patch-strategy"] = .string(names.joined(separator: ","))
    }
    var value = self.value(field.type, style: style)
    guard !extensions.isEmpty, case .object(var object) = value else { return value }
    // In version 3 nothing may stand beside a reference.
    if style == .v3, object["$ref"] != nil { object = ["allOf": [value]] }
    for member in extensions.members { object[member.key] = member.value }
    value = .object(object)
    return value
  }

  private func value(_ type: FieldType, style: Style) -> JSONValue {
    switch type {
    case .string: return ["type": "string"]
    case .bool: return ["type": "boolean"]
    case .int32: return ["type": "integer", "format": "int32"]
    case .int64: return ["type": "integer", "format": "int64"]
    case .double: return ["type": "number", "format": "double"]
    case .bytes: return ["type": "string", "format": "byte"]
    case .array(let element): return ["type": "array", "items": value(element, style: style)]
    case .map(let element): return ["type": "object", "additionalProperties": value(element, style: style)]
    case .type(let index): return ["$ref": .string(style.referencePrefix + name(ofType: index))]
    default: return ["$ref": .string(style.referencePrefix + (Self.scalarName(type) ?? ""))]
    }
  }
}
