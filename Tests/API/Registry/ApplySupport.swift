import Access
import JSONDocument
import Registry

extension WriteOptions {
  /// The writes of somebody who may do everything, recorded under this name.
  static func by(_ manager: String, dryRun: Bool = false) -> WriteOptions {
    WriteOptions(dryRun: dryRun, fieldManager: manager, user: Harness.admin.user)
  }
}

/// Writes by managers with a name.
extension Harness {
  private func namespace(_ resource: ServedResource) -> String { resource.namespaced ? "default" : "" }

  /// What an answer holds, and whether the object is new.
  struct Applied {
    var document: JSONValue
    var created: Bool
    subscript(name: String) -> JSONValue? { document[name] }
    subscript(path path: String...) -> JSONValue? { document[path: path] }
    var version: String { document[path: "metadata", "resourceVersion"]?.stringValue ?? "" }
  }

  @discardableResult
  func apply(
    _ resource: ServedResource, _ configuration: JSONValue, by manager: String, force: Bool = false,
    dryRun: Bool = false, name: String? = nil
  ) async throws -> Applied {
    let result = try await registry.apply(
      resource, namespace: namespace(resource),
      name: name ?? configuration[path: "metadata", "name"]?.stringValue ?? "", configuration: configuration,
      force: force, options: .by(manager, dryRun: dryRun))
    return Applied(document: try JSONValue(jsonBytes: result.object.json), created: result.created)
  }

  @discardableResult
  func apply(
    _ plural: String, _ configuration: JSONValue, by manager: String, force: Bool = false, dryRun: Bool = false
  ) async throws -> Applied {
    try await apply(self[plural], configuration, by: manager, force: force, dryRun: dryRun)
  }

  @discardableResult
  func apply(
    _ subresource: String, of plural: String, _ configuration: JSONValue, by manager: String, force: Bool = false
  ) async throws -> JSONValue {
    let resource = self[plural]
    return try JSONValue(
      jsonBytes: try await registry.applySubresource(
        subresource, of: resource, namespace: namespace(resource),
        name: configuration[path: "metadata", "name"]?.stringValue ?? "", configuration: configuration, force: force,
        options: .by(manager)
      ).json)
  }

  @discardableResult
  func create(_ plural: String, _ document: JSONValue, by manager: String) async throws -> JSONValue {
    let resource = self[plural]
    let result = try await registry.create(
      resource, namespace: namespace(resource), document: document, options: .by(manager))
    return try JSONValue(jsonBytes: result.object.json)
  }

  @discardableResult
  func change(
    _ resource: ServedResource, _ name: String, by manager: String,
    _ change: @escaping @Sendable (inout JSONValue) -> Void
  ) async throws -> JSONValue {
    let result = try await registry.patch(
      resource, namespace: namespace(resource), name: name, options: .by(manager)
    ) { current in
      var wanted = current
      change(&wanted)
      return wanted
    }
    return try JSONValue(jsonBytes: result.object.json)
  }

  @discardableResult
  func change(
    _ plural: String, _ name: String, by manager: String, _ change: @escaping @Sendable (inout JSONValue) -> Void
  ) async throws -> JSONValue {
    try await self.change(self[plural], name, by: manager, change)
  }

  @discardableResult
  func change(
    _ subresource: String, of plural: String, _ name: String, by manager: String,
    _ change: @escaping @Sendable (inout JSONValue) -> Void
  ) async throws -> JSONValue {
    let resource = self[plural]
    return try JSONValue(
      jsonBytes: try await registry.patchSubresource(
        subresource, of: resource, namespace: namespace(resource), name: name, options: .by(manager)
      ) { current in
        var wanted = current
        change(&wanted)
        return wanted
      }.json)
  }

  /// The records of an object: `NAME OPERATION VERSION`, with `/SUBRESOURCE` behind, to the fields.
  func owners(_ plural: String, _ name: String) async throws -> [String: JSONValue] {
    owners(try await get(plural, name))
  }

  func owners(_ document: JSONValue) -> [String: JSONValue] {
    var owners: [String: JSONValue] = [:]
    for entry in document[path: "metadata", "managedFields"]?.arrayValue ?? [] {
      func text(_ name: String) -> String { entry[name]?.stringValue ?? "" }
      let part = text("subresource").isEmpty ? "" : "/" + text("subresource")
      owners["\(text("manager")) \(text("operation")) \(text("apiVersion"))\(part)"] = entry["fieldsV1"]
    }
    return owners
  }

  func time(of manager: String, in document: JSONValue) -> String? {
    document[path: "metadata", "managedFields"]?.arrayValue?.first { $0["manager"]?.stringValue == manager }?["time"]?
      .stringValue
  }
}

func parsed(_ text: String) -> JSONValue {
  do { return try JSONValue(jsonBytes: Array(text.utf8)) } catch { preconditionFailure("\(error): \(text)") }
}
