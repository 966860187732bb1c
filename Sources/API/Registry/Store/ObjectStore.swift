import APISchema
import JSONDocument
import KubernetesAPI

/// The life of an object, the same for every kind: created once, changed by compare-and-swap on its revision, deleted
/// after its grace period and finalizers. A kind's own rules come from `KindRules`.
struct ObjectStore: Sendable {
  let storage: any Storage
  let cache: WatchCache
  let environment: RegistryEnvironment
  let leases: LeasePool
  let admission: AdmissionChain
  /// How often a write that lost against another one is tried again.
  static let attempts = 32

  var now: Int64 { Int64(environment.now()) }

  // MARK: Documents

  /// How deeply may nest what a client sends: less than a reader takes. The records of its fields nest by four levels
  /// more, lists and watches put a few around it, and whoever meets one object that is too deep can read none of them.
  static let deepestSent = JSONReader.depthLimit - 16

  /// The typed form of what a client sent, with the defaults that Kubernetes documents.
  func decode<R: KindRules>(_ document: JSONValue, _ rules: R, as resource: ServedResource) throws(APIError) -> R.Object
  {
    guard case .object(let members) = document else {
      throw .badRequest("the body must be a JSON object, but is of type \(document.typeName)")
    }
    if let kind = members["kind"]?.stringValue, !kind.isEmpty, kind != resource.kind {
      throw .badRequest("the kind in the data (\(kind)) does not match the expected kind (\(resource.kind))")
    }
    if let version = members["apiVersion"]?.stringValue, !version.isEmpty,
      version != resource.apiVersion, version != R.Object.apiVersion
    {
      throw .badRequest(
        "the API version in the data (\(version)) does not match the expected API version (\(resource.apiVersion))")
    }
    var document = document
    let description = R.Object.resource
    Schema.builtIn.applyDefaults(
      to: &document,
      as: GroupVersionKind(group: description.group, version: description.version, kind: description.kind))
    return try decode(plain: document.jsonBytes, rules, as: resource)
  }

  /// The same of a text that lacks no defaults (`SentObject`).
  func decode<R: KindRules>(
    plain json: [UInt8], _ rules: R, as resource: ServedResource
  ) throws(APIError) -> R.Object {
    do throws(JSONError) {
      var reader = JSONReader(json, deepest: Self.deepestSent)
      let object = try R.Object(from: &reader)
      try reader.finish()
      return object
    } catch {
      throw .badRequest(
        "\(resource.kind) in version \"\(resource.version)\" cannot be handled as a \(resource.kind): \(error)")
    }
  }

  /// The typed form of what is stored.
  func decode<R: KindRules>(_ object: StoredObject, _ rules: R) throws(APIError) -> R.Object {
    do {
      return try R.Object(jsonBytes: object.json)
    } catch {
      throw .internalError("the stored object \(object.key) cannot be read: \(error)")
    }
  }

  /// The bytes to store: without `resourceVersion`, which is where they will lie.
  func encode<Object: KubernetesObject>(_ object: Object) -> [UInt8] {
    if object.metadata.resourceVersion.isEmpty { return object.jsonBytes }
    var object = object
    object.metadata.resourceVersion = ""
    return object.jsonBytes
  }

  /// The served form of bytes that were, or would be, stored.
  func served(
    _ bytes: [UInt8], key: String, revision: Int64, createRevision: Int64, _ target: Target
  ) throws(APIError) -> StoredObject {
    let keyValue = StorageKeyValue(
      key: key, value: bytes, createRevision: createRevision, modRevision: revision)
    return try read(keyValue, target)
  }

  /// The served form of bytes that have just been stored, at that revision.
  /// - Parameter metadata: of the object that the bytes are.
  func written(
    _ bytes: [UInt8], _ metadata: MetaV1.ObjectMeta, key: String, revision: Int64, createRevision: Int64,
    _ target: Target
  ) throws(APIError) -> StoredObject {
    let keyValue = StorageKeyValue(
      key: key, value: bytes, createRevision: createRevision, modRevision: revision)
    return try readable(target.kind.cache.decode(written: keyValue, metadata), key)
  }

  private func read(_ keyValue: StorageKeyValue, _ target: Target) throws(APIError) -> StoredObject {
    try readable(target.kind.cache.decode(keyValue), keyValue.key)
  }

  private func readable(
    _ decoded: Result<StoredObject, UnreadableObject>, _ key: String
  ) throws(APIError) -> StoredObject {
    switch decoded {
    case .success(let object): return object
    case .failure(let error): throw .internalError("the stored object \(key) cannot be read: \(error.reason)")
    }
  }

  /// The object from the store itself.
  func readFresh(_ target: Target) async throws(APIError) -> StoredObject? {
    let keyValue = try await ask { () async throws(StorageError) in
      try await storage.range(.key(target.key)).keyValues.first
    }
    guard let keyValue else { return nil }
    return try read(keyValue, target)
  }

  /// Runs a request to the store; its errors become the API's.
  func ask<T: Sendable>(_ request: () async throws(StorageError) -> T) async throws(APIError) -> T {
    do {
      return try await request()
    } catch {
      if error.code == .leaseNotFound { leases.forget() }
      throw APIError(error)
    }
  }

  // MARK: Create

  /// - Parameters:
  ///   - sent: with the records of who owns its fields.
  ///   - namespace: what must hold of the object's namespace; nil for the cluster's scope.
  func create<R: KindRules>(
    _ rules: R, _ target: Target, _ sent: R.Object, in namespace: NamespaceGuard?, options: WriteOptions
  ) async throws(APIError) -> StoredObject {
    var object = sent
    // Each access through the protocol copies all of it.
    let metadata = sent.metadata
    if !metadata.resourceVersion.isEmpty, metadata.resourceVersion != "0" {
      throw .badRequest("resourceVersion should not be set on objects to be created")
    }
    beginLife(&object, rules)
    rules.prepareForCreate(&object, by: options.user)
    let generates = metadata.name.isEmpty && !metadata.generateName.isEmpty
    var collisions = 0
    let nameless = object
    while true {
      object = nameless
      if generates { object.metadata.name = generatedName(object.metadata.generateName) }
      rules.completeCreate(&object)
      try check(object, nil, rules, target)
      try validate(object, over: nil, target, options)
      let target = target.named(object.metadata.name)
      do {
        return try await insert(object, rules, target, namespace, options)
      } catch {
        guard error.reason == .alreadyExists, generates else { throw error }
        // Eight names out of 14 million taken in a row: something else is wrong.
        collisions += 1
        if collisions == 8 { throw error }
      }
    }
  }

  private func beginLife<R: KindRules>(_ object: inout R.Object, _ rules: R) {
    // At once: each access through the protocol costs more than what it changes.
    object.metadata.beginLife(
      uid: uuid(), at: Time(secondsSinceEpoch: now), generation: rules.countsGenerations ? 1 : 0)
  }

  private func insert<R: KindRules>(
    _ object: R.Object, _ rules: R, _ target: Target, _ namespace: NamespaceGuard?, _ options: WriteOptions
  ) async throws(APIError) -> StoredObject {
    let key = target.key
    var namespace = namespace
    var charge = await quotaCharge(object, over: nil, target, dryRun: options.dryRun)
    defer { charge?.end() }
    var taken: Set<String> = []
    var attempts = 0
    // A try that found somebody else's claims has come closer: only those that learnt nothing are counted.
    while attempts < Self.attempts {
      let known = taken.count
      try await charge?.settle(object, over: nil, target, self)
      var attempt = object
      try rules.allocate(&attempt, from: nil, avoiding: taken)
      let claims = rules.claims(of: attempt).sorted()
      let bytes = encode(attempt)
      if options.dryRun {
        if let existing = try await readFresh(target) { throw alreadyExists(existing, target) }
        return try served(bytes, key: key, revision: 0, createRevision: 0, target)
      }
      let lease = try await leases.lease(for: rules.lifetime)
      var transaction = StorageTransaction(
        compares: [.init(key, .absent)] + claims.map { .init($0, .absent) },
        then: [.put(key: key, value: bytes, lease: lease)] + claims.map { claim(on: $0, target) },
        otherwise: [key] + claims)
      if let namespace {
        transaction.compares.append(namespace.compare)
        transaction.otherwise.append(namespace.key)
      }
      charge?.join(&transaction)
      var result = try await ask { () async throws(StorageError) in try await storage.txn(transaction) }
      if result.succeeded {
        admission.note(R.Object.self, revision: result.revision)
        return try written(
          bytes, attempt.metadata, key: key, revision: result.revision, createRevision: result.revision, target)
      }
      charge?.learn(from: &result.current, admission.quotas)
      if let seen = namespace {
        // A namespace that has gone counts before a name that is taken. One that only changed is compared anew.
        let current = result.current.last ?? nil
        namespace = try seen.seeing(current.map { keyValue throws(APIError) in try read(keyValue, seen.place) })
      }
      if let existing = result.current.first ?? nil {
        throw alreadyExists(try? read(existing, target), target)
      }
      try note(claims, result.current.dropFirst(), wantedBy: object, rules, target, into: &taken)
      if taken.count == known { attempts += 1 }
    }
    throw .serverTimeout(target.groupResource, action: "create", retryAfter: 1)
  }

  private func alreadyExists(_ existing: StoredObject?, _ target: Target) -> APIError {
    var error = APIError.alreadyExists(target.groupResource, name: target.name)
    if let existing, (try? DeletionProbe(jsonBytes: existing.json))?.isDeleted == true {
      error.message = "object is being deleted: \(error.message)"
    }
    return error
  }

  // MARK: Claims

  func claim(on key: String, _ target: Target) -> StorageTransaction.Operation {
    let owner: JSONValue = [
      "resource": .string(target.groupResource.description), "namespace": .string(target.namespace),
      "name": .string(target.name),
    ]
    return .put(key: key, value: owner.jsonBytes)
  }

  /// Looks which claims failed: one that the client asked for is an error; one that was chosen is avoided next time.
  func note<R: KindRules>(
    _ claims: [String], _ current: some Sequence<StorageKeyValue?>, wantedBy object: R.Object, _ rules: R,
    _ target: Target, into taken: inout Set<String>
  ) throws(APIError) {
    let wanted = rules.claims(of: object)
    var errors: [FieldError] = []
    for (claim, holder) in zip(claims, current) where holder != nil {
      taken.insert(claim)
      if wanted.contains(claim) { errors.append(rules.claimConflict(claim, in: object)) }
    }
    if !errors.isEmpty { throw invalid(target, object.metadata.name, errors) }
  }

  // MARK: Checks

  /// Everything that is wrong with an object, in one error.
  func check<R: KindRules>(
    _ object: R.Object, _ old: R.Object?, _ rules: R, _ target: Target
  ) throws(APIError) {
    var errors: [FieldError] = []
    MetadataRules.validate(object.metadata, rules, into: &errors)
    rules.validate(object, into: &errors)
    if let old {
      MetadataRules.validateUpdate(object.metadata, from: old.metadata, into: &errors)
      rules.validateUpdate(object, from: old, into: &errors)
    } else {
      rules.validateCreate(object, into: &errors)
    }
    rules.validate(object, from: old, as: target.resource, into: &errors)
    if !errors.isEmpty { throw invalid(target, object.metadata.name, errors) }
  }

  func invalid(_ target: Target, _ name: String, _ errors: [FieldError]) -> APIError {
    .invalid(kind: target.resource.kind, group: target.resource.group, name: name, errors)
  }

  // MARK: Names

  private func generatedName(_ prefix: String) -> String {
    String(prefix.prefix(58)) + GeneratedName.suffix(environment.random())
  }

  /// A random UUID (RFC 9562, version 4).
  private func uuid() -> String {
    let high = environment.random() & 0xffff_ffff_ffff_0fff | 0x4000
    let low = environment.random() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: 36) { text in
      var position = 0
      for index in 0..<32 {
        // 8-4-4-4-12
        if index == 8 || index == 12 || index == 16 || index == 20 {
          text[position] = UInt8(ascii: "-")
          position += 1
        }
        let half = index < 16 ? high : low
        let shift = UInt64(60 - index % 16 * 4)
        text[position] = digits.utf8Start[Int((half >> shift) & 15)]
        position += 1
      }
      return position
    }
  }
}

/// Reads of an object only whether it is being deleted.
private struct DeletionProbe {
  let isDeleted: Bool

  init(jsonBytes: [UInt8]) throws(JSONError) {
    let document = try JSONValue(jsonBytes: jsonBytes)
    isDeleted = document[path: "metadata", "deletionTimestamp"]?.stringValue != nil
  }
}

extension MetaV1.ObjectMeta {
  /// Sets what the server alone decides of a new object.
  fileprivate mutating func beginLife(uid: String, at time: Time, generation: Int64) {
    self.uid = uid
    creationTimestamp = time
    deletionTimestamp = nil
    deletionGracePeriodSeconds = nil
    self.generation = generation
    selfLink = ""
  }
}
