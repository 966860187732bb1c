import ClusterClient
import JSONDocument
import KubernetesAPI
import Synchronization

extension InMemoryCluster {
  /// Where a path leads.
  struct Target {
    /// Path of the collection over all namespaces: "/apis/apps/v1/deployments".
    var collection: String
    var plural: String
    var namespace: String
    var name: String?
    var subresource: String?

    var key: ObjectKey { ObjectKey(namespace: namespace, name: name ?? "") }
    var isPods: Bool { collection == "/api/v1/pods" }

    init(_ path: String) throws(InMemoryError) {
      var parts = path.split(separator: "/").map(String.init)
      let count = parts.first == "api" ? 2 : 3
      guard parts.count > count else { throw .notFound(path) }
      let base = "/" + parts.prefix(count).joined(separator: "/")
      parts.removeFirst(count)
      namespace = ""
      if parts.count >= 3, parts[0] == "namespaces", !["status", "finalize"].contains(parts[2]) {
        namespace = parts[1]
        parts.removeFirst(2)
      }
      plural = parts[0]
      collection = "\(base)/\(plural)"
      name = parts.count > 1 ? parts[1] : nil
      subresource = parts.count > 2 ? parts[2] : nil
    }
  }

  func handle(_ request: ClusterRequest) throws(InMemoryError) -> JSONValue {
    if let document = discovery(request.path) { return document }
    let target = try Target(request.path)
    let body = try document(request.body)
    switch (request.method, target.name) {
    case (.get, nil): return try list(target, request.query)
    case (.get, _?): return try find(target)
    case (.post, nil): return try create(target, body)
    case (.post, _?) where target.subresource == "binding": return try bind(target, body)
    case (.put, _?): return try replace(target, body)
    case (.patch, _?): return try patch(target, body)
    case (.delete, nil): return try deleteAll(target, request.query)
    case (.delete, _?): return try delete(target, body)
    default: throw InMemoryError(code: 405, reason: "MethodNotAllowed", message: request.path)
    }
  }

  private func document(_ body: [UInt8]?) throws(InMemoryError) -> JSONValue {
    guard let body else { return .null }
    do { return try JSONValue(jsonBytes: body) } catch { throw .invalid("\(error)") }
  }

  // MARK: Reading

  private func list(_ target: Target, _ query: [ClusterRequest.QueryItem]) throws(InMemoryError) -> JSONValue {
    let selection = try Selection(target, query)
    let (items, revision) = state.withLock { state in
      let all = (state.objects[target.collection] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
      return (all.filter(selection.selects), state.revision)
    }
    return [
      "kind": "List", "apiVersion": "v1", "metadata": ["resourceVersion": .string(String(revision))],
      "items": .array(items),
    ]
  }

  private func find(_ target: Target) throws(InMemoryError) -> JSONValue {
    guard let object = state.withLock({ $0.objects[target.collection]?[target.key] }) else {
      throw .notFound("\(target.plural) \(target.key)")
    }
    return object
  }

  // MARK: Writing

  private func create(_ target: Target, _ body: JSONValue) throws(InMemoryError) -> JSONValue {
    var object = body
    return try change { state throws(InMemoryError) in
      try state.checkNamespace(target.namespace)
      if object[path: "metadata", "name"]?.stringValue ?? "" == "" {
        let prefix = object[path: "metadata", "generateName"]?.stringValue ?? ""
        guard !prefix.isEmpty else { throw .invalid("no name") }
        object["metadata"]?["name"] = .string("\(prefix)\(String(state.nextUID, radix: 36))x")
      }
      var key = target.key
      key.name = object[path: "metadata", "name"]?.stringValue ?? ""
      guard state.objects[target.collection]?[key] == nil else {
        throw InMemoryError(code: 409, reason: "AlreadyExists", message: "\(target.plural) \(key) already exists")
      }
      state.nextUID += 1
      object["metadata"]?["uid"] = .string("uid-\(state.nextUID)")
      object["metadata"]?["namespace"] = key.namespace.isEmpty ? nil : .string(key.namespace)
      object["metadata"]?["creationTimestamp"] = .string(Time.now().description)
      object["metadata"]?["generation"] = 1
      if target.isPods, object[path: "status", "phase"] == nil { object["status"] = ["phase": "Pending"] }
      return state.put(object, key, target.collection, "ADDED")
    }
  }

  private func replace(_ target: Target, _ body: JSONValue) throws(InMemoryError) -> JSONValue {
    try update(target, resourceVersion: body[path: "metadata", "resourceVersion"]?.stringValue) { _ in body }
  }

  private func patch(_ target: Target, _ body: JSONValue) throws(InMemoryError) -> JSONValue {
    // A uid is no precondition of a patch but a change, which cannot be.
    let immutable = InMemoryError(code: 422, reason: "Invalid", message: "metadata.uid: field is immutable")
    return try update(
      target, resourceVersion: body[path: "metadata", "resourceVersion"]?.stringValue, otherUID: immutable
    ) { before in Self.merged(before, body) }
  }

  private func update(
    _ target: Target, resourceVersion: String?, otherUID: InMemoryError = .conflict("another uid"),
    _ make: (JSONValue) -> JSONValue
  ) throws(InMemoryError) -> JSONValue {
    try change { state throws(InMemoryError) in
      guard let before = state.objects[target.collection]?[target.key] else {
        throw .notFound("\(target.plural) \(target.key)")
      }
      if let resourceVersion, !resourceVersion.isEmpty,
        resourceVersion != before[path: "metadata", "resourceVersion"]?.stringValue
      {
        throw .conflict("\(target.plural) \(target.key) has been changed")
      }
      let wanted = make(before)
      if let uid = wanted[path: "metadata", "uid"], uid != "", uid != before[path: "metadata", "uid"] {
        throw otherUID
      }
      var after = before
      if ["status", "approval"].contains(target.subresource) {
        after["status"] = wanted["status"]
      } else {
        after = wanted
        after["status"] = before["status"]
        for field in ["uid", "creationTimestamp", "deletionTimestamp", "generation"] {
          after["metadata"]?[field] = before[path: "metadata", field]
        }
        if after["spec"] != before["spec"], let generation = before[path: "metadata", "generation"]?.intValue {
          after["metadata"]?["generation"] = .int(generation + 1)
        }
      }
      after["metadata"]?["resourceVersion"] = before[path: "metadata", "resourceVersion"]
      if after == before { return before }
      return state.settle(after, target.key, target.collection)
    }
  }

  private func bind(_ target: Target, _ body: JSONValue) throws(InMemoryError) -> JSONValue {
    try change { state throws(InMemoryError) in
      guard var pod = state.objects[target.collection]?[target.key] else { throw .notFound("pod \(target.key)") }
      if let uid = body[path: "metadata", "uid"], uid != pod[path: "metadata", "uid"] { throw .conflict("another uid") }
      guard pod[path: "spec", "nodeName"]?.stringValue ?? "" == "" else { throw .conflict("already bound") }
      pod["spec"]?["nodeName"] = body[path: "target", "name"]
      _ = state.put(pod, target.key, target.collection, "MODIFIED")
      return ["kind": "Status", "status": "Success"]
    }
  }

  private func deleteAll(_ target: Target, _ query: [ClusterRequest.QueryItem]) throws(InMemoryError) -> JSONValue {
    let selection = try Selection(target, query)
    let keys = state.withLock { state in
      (state.objects[target.collection] ?? [:]).filter { selection.selects($0.value) }.map(\.key)
    }
    for key in keys {
      var one = target
      one.name = key.name
      one.namespace = key.namespace
      _ = try? delete(one, .null)
    }
    return ["kind": "Status", "status": "Success"]
  }

  private func delete(_ target: Target, _ options: JSONValue) throws(InMemoryError) -> JSONValue {
    try change { state throws(InMemoryError) in
      guard var object = state.objects[target.collection]?[target.key] else {
        throw .notFound("\(target.plural) \(target.key)")
      }
      for field in ["uid", "resourceVersion"] {
        if let wanted = options[path: "preconditions", field], wanted != object[path: "metadata", field] {
          throw .conflict("precondition on \(field) failed")
        }
      }
      var finalizers = object[path: "metadata", "finalizers"]?.arrayValue ?? []
      switch options["propagationPolicy"]?.stringValue {
      case "Foreground": if !finalizers.contains("foregroundDeletion") { finalizers.append("foregroundDeletion") }
      case "Orphan": if !finalizers.contains("orphan") { finalizers.append("orphan") }
      default: break
      }
      let bound = target.isPods && object[path: "spec", "nodeName"]?.stringValue ?? "" != ""
      let graceful = bound && options["gracePeriodSeconds"]?.intValue != 0
      let held =
        graceful || !finalizers.isEmpty
        || !(object[path: "spec", "finalizers"]?.arrayValue ?? []).isEmpty
      guard held else { return state.remove(object, target.key, target.collection) }
      if object[path: "metadata", "deletionTimestamp"] == nil {
        object["metadata"]?["deletionTimestamp"] = .string(Time.now().description)
      }
      object["metadata"]?["finalizers"] = finalizers.isEmpty ? nil : .array(finalizers)
      return state.put(object, target.key, target.collection, "MODIFIED")
    }
  }

  private func change(_ body: (inout State) throws(InMemoryError) -> JSONValue) throws(InMemoryError) -> JSONValue {
    try state.withLock { (state: inout State) throws(InMemoryError) -> JSONValue in
      let before = state.revision
      let answer = try body(&state)
      state.notify(since: before)
      return answer
    }
  }

  /// RFC 7386, for strategic patches too.
  static func merged(_ before: JSONValue, _ patch: JSONValue) -> JSONValue {
    guard case .object(let fields) = patch else { return patch }
    var result = before.objectValue ?? JSONObject()
    for (key, value) in fields {
      result[key] = value.isNull ? nil : merged(result[key] ?? .null, value)
    }
    return .object(result)
  }

  private func discovery(_ path: String) -> JSONValue? {
    let groupVersions = Set(served.map(\.apiVersion)).sorted()
    if path == "/apis" {
      let groups = groupVersions.filter { $0.contains("/") }.map { groupVersion -> JSONValue in
        let parts = groupVersion.split(separator: "/").map(String.init)
        let version: JSONValue = ["groupVersion": .string(groupVersion), "version": .string(parts[1])]
        return ["name": .string(parts[0]), "versions": .array([version]), "preferredVersion": version]
      }
      return ["kind": "APIGroupList", "groups": .array(groups)]
    }
    let resources = served.filter { $0.basePath == path }
    guard !resources.isEmpty else { return nil }
    let verbs: JSONValue = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
    let entries = resources.map { resource -> JSONValue in
      [
        "name": .string(resource.plural), "kind": .string(resource.kind), "namespaced": .bool(resource.namespaced),
        "singularName": "", "verbs": verbs,
      ]
    }
    return ["kind": "APIResourceList", "groupVersion": .string(resources[0].apiVersion), "resources": .array(entries)]
  }
}

extension InMemoryCluster.State {
  private static let namespaces = "/api/v1/namespaces"

  /// Whether something may be created in a namespace: what a controller creates from an old view of it would outlive it.
  func checkNamespace(_ name: String) throws(InMemoryError) {
    if goneNamespaces.contains(name) { throw .notFound("namespaces \(name)") }
    guard let namespace = objects[Self.namespaces]?[ObjectKey(name: name)] else { return }
    if namespace[path: "metadata", "deletionTimestamp"] != nil { throw .terminating(name) }
  }

  /// Stores an object at a new revision.
  mutating func put(_ object: JSONValue, _ key: ObjectKey, _ collection: String, _ type: String) -> JSONValue {
    var object = object
    revision += 1
    if collection == Self.namespaces { goneNamespaces.remove(key.name) }
    object["metadata"]?["resourceVersion"] = .string(String(revision))
    objects[collection, default: [:]][key] = object
    history.append(InMemoryCluster.Change(revision: revision, collection: collection, type: type, object: object))
    return object
  }

  mutating func remove(_ object: JSONValue, _ key: ObjectKey, _ collection: String) -> JSONValue {
    var object = object
    revision += 1
    if collection == Self.namespaces { goneNamespaces.insert(key.name) }
    object["metadata"]?["resourceVersion"] = .string(String(revision))
    objects[collection]?[key] = nil
    history.append(InMemoryCluster.Change(revision: revision, collection: collection, type: "DELETED", object: object))
    return object
  }

  /// Stores an object, or removes it if it was only held by finalizers that are gone now.
  mutating func settle(_ object: JSONValue, _ key: ObjectKey, _ collection: String) -> JSONValue {
    let held =
      !(object[path: "metadata", "finalizers"]?.arrayValue ?? []).isEmpty
      || !(object[path: "spec", "finalizers"]?.arrayValue ?? []).isEmpty
      || (collection == "/api/v1/pods" && object[path: "spec", "nodeName"]?.stringValue ?? "" != "")
    let deleted = object[path: "metadata", "deletionTimestamp"] != nil
    return deleted && !held ? remove(object, key, collection) : put(object, key, collection, "MODIFIED")
  }
}
