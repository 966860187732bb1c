import APISchema
import JSONDocument
import KubernetesAPI

/// Who owns which fields of the objects of one resource: what keeps `metadata.managedFields` at every write, and
/// applies configurations. The rules are `APISchema`'s; here they meet typed objects and the form in which the client
/// sees them, in whose version records are told.
struct FieldRecords: Sendable {
  /// By subresource; "" for the object itself.
  private let managers: [String: FieldManager]
  private let apiVersion: String
  private let view: ObjectView?

  init(of resource: ServedResource, view: ObjectView?) {
    self.view = view
    apiVersion = resource.apiVersion
    let kind = resource.groupVersionKind
    var managers: [String: FieldManager] = [:]
    for part in [""] + resource.subresources.map(\.name) {
      var resets: [String: FieldSet] = [:]
      for version in [kind] + VersionConversion.counterparts(of: kind) {
        resets.merge(FieldManager.usualResets(of: version, subresource: part)) { $1 }
      }
      managers[part] = FieldManager(
        kind: kind, subresource: part, resets: resets, only: FieldManager.usualLimits(of: kind, subresource: part)
      ) { document, apiVersion in
        guard
          let from = document["apiVersion"]?.stringValue.flatMap({ GroupVersionKind(apiVersion: $0, kind: kind.kind) }),
          let target = GroupVersionKind(apiVersion: apiVersion, kind: kind.kind)
        else { return nil }
        return VersionConversion.convert(document, from: from, to: target)
      }
    }
    self.managers = managers
  }

  /// The records of an object after a write that is no apply.
  /// - Parameters:
  ///   - new: as the writer wants it, before the server's own rules; its records too, where it may edit them.
  ///   - old: nil for a create.
  ///   - subresource: what the writer wrote to; "" for the object itself.
  ///   - seconds: now, since 1970.
  func records<Object: KubernetesObject>(
    of new: Object, over old: Object?, through subresource: String = "", by writer: String, at seconds: Int64
  ) -> [MetaV1.ManagedFieldsEntry] {
    guard let manager = managers[subresource] else { return old?.metadata.managedFields ?? [] }
    if let old, Self.isSame(new, old) { return old.metadata.managedFields }
    if old == nil, subresource.isEmpty, view == nil, new.metadata.managedFields.isEmpty {
      return recordOfCreate(new, by: writer, at: seconds, manager)
    }
    let document = manager.update(
      live: old.map { self.document($0) }, new: self.document(new), manager: writer, now: Self.text(seconds))
    guard case .array(let entries)? = document["metadata"]?["managedFields"] else { return [] }
    return entries.map(MetaV1.ManagedFieldsEntry.init(entry:))
  }

  /// The record of a create that brings none, which is most of them: from text to text.
  private func recordOfCreate<Object: KubernetesObject>(
    _ object: Object, by writer: String, at seconds: Int64, _ manager: FieldManager
  ) -> [MetaV1.ManagedFieldsEntry] {
    let fields: [UInt8]?
    // What a codec writes is valid by construction.
    do { fields = try manager.fieldsOfCreator(object.jsonBytes) } catch {
      preconditionFailure("a codec of \(Object.self) wrote invalid JSON: \(error)")
    }
    guard let owned = fields else { return [] }
    return [
      MetaV1.ManagedFieldsEntry(
        manager: writer.isEmpty ? FieldManager.namelessManager : writer,
        operation: ManagedFields.Operation.update.rawValue, apiVersion: apiVersion,
        time: Time(secondsSinceEpoch: seconds), fieldsType: "FieldsV1", fieldsV1: RawJSON(text: owned))
    ]
  }

  /// The object with a configuration applied to it, its records included, in the resource's own version and without
  /// the defaults of what is new.
  /// - Parameters:
  ///   - configuration: what the applier states, in the resource's version.
  ///   - live: nil if there is none yet.
  func applying<Object: KubernetesObject>(
    _ configuration: JSONValue, to live: Object?, through subresource: String = "", by applier: String, force: Bool,
    at seconds: Int64
  ) throws(APIError) -> JSONValue {
    guard let manager = managers[subresource] else { throw .noSuchPath() }
    do {
      // With the version that the object has, so that the result counts as based on it.
      return try manager.apply(
        live: live.map { self.document($0, keepsVersion: true) }, applied: configuration, manager: applier,
        force: force, now: Self.text(seconds))
    } catch {
      throw APIError(subresource == "scale" ? error.told(in: Self.scale.apiVersion) : error)
    }
  }

  private static let scale = GroupVersionKind(group: "autoscaling", version: "v1", kind: "Scale")
  private static let scales = FieldManager(kind: scale, subresource: "scale")

  /// What an applied scale states of the object that it belongs to.
  static func parent(ofScale configuration: JSONValue, _ resource: ServedResource) throws(APIError) -> JSONValue {
    // Applied to nothing: only to see whether it is a scale.
    do {
      _ = try scales.apply(live: nil, applied: configuration, manager: "", force: false, now: "")
    } catch { throw APIError(error) }
    var metadata = JSONObject()
    for name in ["name", "namespace", "uid", "resourceVersion"] {
      metadata[name] = configuration["metadata"]?[name]
    }
    var parent: JSONValue = [
      "apiVersion": .string(resource.apiVersion), "kind": .string(resource.kind), "metadata": .object(metadata),
    ]
    if let replicas = configuration["spec"]?["replicas"], !replicas.isNull { parent["spec"] = ["replicas": replicas] }
    return parent
  }

  /// An object as the codec writes it, in the resource's version: what is left out in one of two documents must not
  /// look like a change in the other.
  private func document<Object: KubernetesObject>(_ object: Object, keepsVersion: Bool = false) -> JSONValue {
    var object = object
    if !keepsVersion { object.metadata.resourceVersion = "" }
    let document = object.json
    return view?.fromStored(document) ?? document
  }

  private static func text(_ seconds: Int64) -> String { Time(secondsSinceEpoch: seconds).description }

  /// Whether a write changes nothing at all, as far as the writer is concerned: not worth making documents of.
  private static func isSame<Object: KubernetesObject>(_ new: Object, _ old: Object) -> Bool {
    let sent = new.metadata.managedFields
    guard sent.isEmpty || sent == old.metadata.managedFields else { return false }
    var bare = new
    bare.metadata.managedFields = old.metadata.managedFields
    bare.metadata.resourceVersion = old.metadata.resourceVersion
    return bare == old
  }

  /// Whether a write comes to nothing: the objects differ at most in the times of their records.
  static func isNothing<Object: KubernetesObject>(_ new: Object, over old: Object) -> Bool {
    func timeless(_ object: Object) -> Set<String> {
      Set(
        object.metadata.managedFields.map { entry in
          var entry = entry
          entry.time = nil
          return entry.json.description
        })
    }
    guard new.metadata.managedFields.count == old.metadata.managedFields.count else { return false }
    var bare = new
    bare.metadata.managedFields = old.metadata.managedFields
    bare.metadata.resourceVersion = old.metadata.resourceVersion
    // Strings are equal where they look the same, whichever code points make them up; to clients those are changes.
    return bare == old && bare.jsonBytes == old.jsonBytes && timeless(new) == timeless(old)
  }
}

extension MetaV1.ManagedFieldsEntry {
  /// From an entry that the field manager wrote, or that the codec did.
  fileprivate init(entry document: JSONValue) {
    func text(_ name: String) -> String { document[name]?.stringValue ?? "" }
    self.init(
      manager: text("manager"), operation: text("operation"), apiVersion: text("apiVersion"),
      time: document["time"]?.stringValue.flatMap { Time($0) }, fieldsType: text("fieldsType"),
      fieldsV1: document["fieldsV1"].map { RawJSON($0) }, subresource: text("subresource"))
  }
}

extension APIError {
  /// The answer to an apply that cannot be.
  fileprivate init(_ error: ApplyError) {
    switch error.code {
    case .badRequest: self = .badRequest(error.message)
    // No reason: Kubernetes has none for these either.
    case .doesNotFitSchema, .internalError: self.init(code: 500, reason: .unknown, message: error.message)
    case .conflict:
      self.init(
        code: 409, reason: .conflict, message: error.message,
        details: Details(
          causes: error.conflicts.map {
            Cause(reason: ApplyError.Conflict.reason, message: $0.message, field: $0.field)
          }))
    }
  }
}
