import KubernetesAPI

/// What changed in an informer's cache.
package enum InformerChange<Object: Sendable>: Sendable {
  case added(Object)
  /// Both states; `old` may be several revisions back.
  case updated(old: Object, new: Object)
  /// The last state that is known; after a relist an older one than the object's last.
  case deleted(Object)

  /// The state after the change, or the last one before a deletion.
  package var object: Object {
    switch self {
    case .added(let object), .updated(_, let object), .deleted(let object): object
    }
  }
}

/// How to look objects up other than by name: object → the values it is found under.
package struct InformerIndex<Object: Sendable>: Sendable {
  package var name: String
  package var values: @Sendable (Object) -> [String]

  package init(_ name: String, values: @escaping @Sendable (Object) -> [String]) {
    self.name = name
    self.values = values
  }
}

/// The objects of a kind by name, with indexes. Pure: a value that its informer guards.
struct InformerStore<Object: Sendable> {
  private let metadata: @Sendable (Object) -> MetaV1.ObjectMeta
  private var objects: [ObjectKey: Object] = [:]
  private var indexes: [InformerIndex<Object>] = []
  private var indexed: [String: [String: Set<ObjectKey>]] = [:]
  private var namespaces: [String: Set<ObjectKey>] = [:]
  /// How far the cache has come: the newest revision of a list, an event or a bookmark.
  private(set) var revision: UInt64 = 0
  private(set) var resourceVersion = ""

  init(metadata: @escaping @Sendable (Object) -> MetaV1.ObjectMeta) { self.metadata = metadata }

  var count: Int { objects.count }
  var all: [Object] { Array(objects.values) }

  func get(_ key: ObjectKey) -> Object? { objects[key] }

  func list(namespace: String) -> [Object] { (namespaces[namespace] ?? []).compactMap { objects[$0] } }

  func list(index: String, value: String) -> [Object] {
    (indexed[index]?[value] ?? []).compactMap { objects[$0] }
  }

  func hasIndex(_ name: String) -> Bool { indexed[name] != nil }

  /// Adds an index, over what is there already too. An index of that name is left as it is.
  mutating func addIndex(_ index: InformerIndex<Object>) {
    guard indexed[index.name] == nil else { return }
    indexes.append(index)
    indexed[index.name] = [:]
    for (key, object) in objects {
      for value in index.values(object) { indexed[index.name]?[value, default: []].insert(key) }
    }
  }

  /// Takes a list's whole answer: what is not in it is gone.
  mutating func replace(_ items: [Object], resourceVersion: String) -> [InformerChange<Object>] {
    var changes: [InformerChange<Object>] = []
    var present: Set<ObjectKey> = []
    present.reserveCapacity(items.count)
    for item in items {
      present.insert(ObjectKey(metadata(item)))
      if let change = upsert(item) { changes.append(change) }
    }
    for key in objects.keys where !present.contains(key) {
      if let old = remove(key) { changes.append(.deleted(old)) }
    }
    advance(to: resourceVersion, backwards: true)
    return changes
  }

  /// Takes an ADDED or MODIFIED object. `nil`: it is known at this very version.
  mutating func upsert(_ object: Object) -> InformerChange<Object>? {
    let meta = metadata(object)
    let key = ObjectKey(meta)
    advance(to: meta.resourceVersion, backwards: false)
    guard let old = objects[key] else {
      insert(object, key: key)
      return .added(object)
    }
    let before = metadata(old)
    if before.resourceVersion == meta.resourceVersion, before.uid == meta.uid { return nil }
    _ = remove(key)
    insert(object, key: key)
    return .updated(old: old, new: object)
  }

  /// Takes a DELETED object.
  mutating func delete(_ object: Object) -> InformerChange<Object>? {
    let meta = metadata(object)
    advance(to: meta.resourceVersion, backwards: false)
    return remove(ObjectKey(meta)) == nil ? nil : .deleted(object)
  }

  /// Takes a bookmark. Only a list may set the revision back (a cluster restored from a backup).
  mutating func advance(to resourceVersion: String, backwards: Bool) {
    guard let revision = UInt64(resourceVersion) else {
      if !resourceVersion.isEmpty { self.resourceVersion = resourceVersion }
      return
    }
    guard backwards || revision > self.revision else { return }
    self.revision = revision
    self.resourceVersion = resourceVersion
  }

  private mutating func insert(_ object: Object, key: ObjectKey) {
    objects[key] = object
    namespaces[key.namespace, default: []].insert(key)
    for index in indexes {
      for value in index.values(object) { indexed[index.name]?[value, default: []].insert(key) }
    }
  }

  private mutating func remove(_ key: ObjectKey) -> Object? {
    guard let old = objects.removeValue(forKey: key) else { return nil }
    Self.forget(key, in: &namespaces, value: key.namespace)
    for index in indexes {
      for value in index.values(old) { Self.forget(key, in: &indexed[index.name, default: [:]], value: value) }
    }
    return old
  }

  private static func forget(_ key: ObjectKey, in sets: inout [String: Set<ObjectKey>], value: String) {
    sets[value]?.remove(key)
    if sets[value]?.isEmpty == true { sets[value] = nil }
  }
}
