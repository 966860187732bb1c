/// What a request is about: a kind's store and cache, the resource it was addressed by, and a place in it.
struct Target: Sendable {
  let kind: ServedKind
  /// The group under which the client addressed it; error messages speak of it.
  let resource: ServedResource
  /// "" for the cluster's scope, and for all namespaces.
  let namespace: String
  /// "" when the request is about many.
  let name: String

  var groupResource: GroupResource { resource.groupResource }

  /// The key of the named object.
  var key: String { kind.key(namespace: namespace, name: name) }

  /// What a client says that the object is called has to be what its path says.
  func check(name: String) throws(APIError) {
    guard !name.isEmpty else {
      throw .badRequest(
        "the name of the object (\(self.name) based on URL) was undeterminable: name must be provided")
    }
    guard name == self.name else {
      throw .badRequest("the name of the object (\(name)) does not match the name on the URL (\(self.name))")
    }
  }

  /// What the keys of all objects in the namespace begin with.
  var keyPrefix: String {
    namespace.isEmpty ? kind.cache.keyPrefix : kind.cache.keyPrefix + namespace + "/"
  }

  func named(_ name: String) -> Target {
    Target(kind: kind, resource: resource, namespace: namespace, name: name)
  }
}

/// A kind with its rules and its cache, and the books of the resource that it is served under. Made once and shared:
/// every step of every request hands it on.
final class ServedKind: Sendable {
  let rules: any KindRules
  let cache: ResourceCache
  let records: FieldRecords

  init(rules: any KindRules, cache: ResourceCache, records: FieldRecords) {
    self.rules = rules
    self.cache = cache
    self.records = records
  }

  func key(namespace: String, name: String) -> String {
    var key = cache.keyPrefix
    key.reserveCapacity(key.utf8.count + namespace.utf8.count + 1 + name.utf8.count)
    if !namespace.isEmpty {
      key += namespace
      key += "/"
    }
    key += name
    return key
  }
}
