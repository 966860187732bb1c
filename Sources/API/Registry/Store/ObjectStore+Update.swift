import JSONDocument
import KubernetesAPI

/// What a change makes of an object.
enum Decision<Object: Sendable>: Sendable {
  case put(Object)
  case delete(Object)
  case keep
}

/// An object after a change.
struct ChangeResult: Sendable {
  var object: StoredObject
  /// Whether it is gone; `object` is its last state then.
  var removed: Bool
}

extension ObjectStore {
  /// Changes an object by compare-and-swap: `decide` sees the current object and says what becomes of it; when another
  /// write came between, it is asked again with the newer object.
  ///
  /// The first try starts from the cache, which saves a round trip. As the cache may lag, neither a refusal nor
  /// "nothing to do" is believed before the store has confirmed the object that it was based on.
  func modify<R: KindRules>(
    _ rules: R, _ target: Target, dryRun: Bool,
    decide: (R.Object, StoredObject) throws(APIError) -> Decision<R.Object>
  ) async throws(APIError) -> ChangeResult {
    await awaitOwnWrites()
    var confirmed = false
    var next = try target.kind.cache.object(target.key)
    var taken: Set<String> = []
    var attempts = 0
    var charge: QuotaCharge?
    defer { charge?.end() }
    while attempts < Self.attempts {
      attempts += 1
      if next == nil, !confirmed {
        next = try await readFresh(target)
        confirmed = true
      }
      guard let current = next else { throw .notFound(target.groupResource, name: target.name) }
      let old = try decode(current, rules)
      var step: Step<R.Object>
      do {
        step = try self.step(decide(old, current), old, current, rules, avoiding: taken)
        if let wanted = step.wanted {
          if charge == nil { charge = await quotaCharge(wanted, over: old, target, dryRun: dryRun) }
          try await charge?.settle(wanted, over: old, target, self)
        }
      } catch {
        if confirmed { throw error }
        next = try await readFresh(target)
        confirmed = true
        continue
      }
      if step.transaction == nil || dryRun {
        if !confirmed {
          let fresh = try await readFresh(target)
          confirmed = true
          if fresh?.revision != current.revision {
            next = fresh
            continue
          }
        }
        return ChangeResult(
          object: try result(step, current, revision: current.revision, target), removed: step.removes)
      }
      guard var transaction = step.transaction else { continue }
      try await addLease(&transaction, rules)
      let claims = Array(transaction.otherwise.dropFirst())
      charge?.join(&transaction)
      var answer = try await ask { () async throws(StorageError) in try await storage.txn(transaction) }
      if answer.succeeded {
        admission.note(R.Object.self, revision: answer.revision)
        guard !step.removes, let bytes = step.bytes, let metadata = step.metadata else {
          return ChangeResult(
            object: try result(step, current, revision: answer.revision, target), removed: step.removes)
        }
        let object = try written(
          bytes, metadata, key: current.key, revision: answer.revision, createRevision: current.createRevision, target)
        return ChangeResult(object: object, removed: false)
      }
      charge?.learn(from: &answer.current, admission.quotas)
      if let wanted = step.wanted {
        let known = taken.count
        try note(claims, answer.current.dropFirst(), wantedBy: wanted, rules, target, into: &taken)
        // As in a create: a try that found somebody else's claims has come closer.
        if taken.count > known { attempts -= 1 }
      }
      confirmed = true
      if let keyValue = answer.current.first ?? nil {
        next = try served(
          keyValue.value, key: keyValue.key, revision: keyValue.modRevision,
          createRevision: keyValue.createRevision, target)
      } else {
        next = nil
      }
    }
    throw .serverTimeout(target.groupResource, action: "update", retryAfter: 1)
  }

  /// A decision, worked out.
  private struct Step<Object: Sendable>: Sendable {
    /// nil: there is nothing to write.
    var transaction: StorageTransaction?
    /// The new bytes; nil: as before.
    var bytes: [UInt8]?
    /// Of what is written.
    var metadata: MetaV1.ObjectMeta?
    var removes = false
    /// The object as the client wants it, before claims were chosen for it.
    var wanted: Object?
  }

  private func step<R: KindRules>(
    _ decision: Decision<R.Object>, _ old: R.Object, _ current: StoredObject, _ rules: R, avoiding taken: Set<String>
  ) throws(APIError) -> Step<R.Object> {
    let compare = StorageTransaction.Compare(current.key, .modRevision(current.revision))
    switch decision {
    case .keep: return Step()
    case .delete(let last):
      let released = rules.claims(of: old).sorted()
      let operations = [.delete(key: current.key)] + released.map { StorageTransaction.Operation.delete(key: $0) }
      return Step(
        transaction: StorageTransaction(compares: [compare], then: operations, otherwise: [current.key]),
        bytes: encode(last), removes: true)
    case .put(let wanted):
      var object = wanted
      try rules.allocate(&object, from: old, avoiding: taken)
      let bytes = encode(object)
      if current.isServedForm(of: bytes) || FieldRecords.isNothing(object, over: old) { return Step() }
      let before = rules.claims(of: old)
      let after = rules.claims(of: object)
      let new = after.subtracting(before).sorted()
      var operations: [StorageTransaction.Operation] = [.put(key: current.key, value: bytes)]
      operations += new.map { claim(on: $0, current) }
      operations += before.subtracting(after).sorted().map { .delete(key: $0) }
      return Step(
        transaction: StorageTransaction(
          compares: [compare] + new.map { .init($0, .absent) }, then: operations, otherwise: [current.key] + new),
        bytes: bytes, metadata: object.metadata, wanted: wanted)
    }
  }

  private func claim(on key: String, _ holder: StoredObject) -> StorageTransaction.Operation {
    let owner: JSONValue = ["namespace": .string(holder.namespace), "name": .string(holder.name)]
    return .put(key: key, value: owner.jsonBytes)
  }

  private func addLease<R: KindRules>(_ transaction: inout StorageTransaction, _ rules: R) async throws(APIError) {
    guard let lifetime = rules.lifetime, case .put(let key, let value, _)? = transaction.then.first else { return }
    transaction.then[0] = .put(key: key, value: value, lease: try await leases.lease(for: lifetime))
  }

  private func result<Object>(
    _ step: Step<Object>, _ current: StoredObject, revision: Int64, _ target: Target
  ) throws(APIError) -> StoredObject {
    guard let bytes = step.bytes else { return current }
    return try served(
      bytes, key: current.key, revision: revision, createRevision: current.createRevision, target)
  }

  // MARK: Updates of the main resource

  // In what follows, what a client sent carries the records of who owns which field after its write.

  /// What a client's new version of an object means.
  func decideUpdate<R: KindRules>(
    _ rules: R, _ target: Target, old: R.Object, current: StoredObject, sent: R.Object, by options: WriteOptions
  ) throws(APIError) -> Decision<R.Object> {
    try checkVersion(sent.metadata, rules, target, current, options)
    var object = sent
    try admitChange(&object, over: old, target, options)
    MetadataRules.carryOver(&object.metadata, from: old.metadata)
    rules.prepareForUpdate(&object, from: old)
    if rules.countsGenerations, rules.wantsDiffer(object, old) { object.metadata.generation += 1 }
    try check(object, old, rules, target)
    try validate(object, over: old, target, options)
    return removalIsDue(object, rules) ? .delete(object) : .put(object)
  }

  /// What a client's new status means.
  func decideStatusUpdate<R: KindRules>(
    _ rules: R, _ target: Target, old: R.Object, current: StoredObject, sent: R.Object, by options: WriteOptions
  ) throws(APIError) -> Decision<R.Object> {
    try decideChange(
      rules, target, old: old, current: current, sent: sent, to: rules.object(old, withStatusOf: sent),
      through: "status", by: options, check: rules.validateStatusUpdate)
  }

  /// What the new state of a part of an object means.
  func decideChange<R: KindRules>(
    _ rules: R, _ target: Target, old: R.Object, current: StoredObject, sent: R.Object, to wanted: R.Object,
    through subresource: String, by options: WriteOptions, check: (R.Object, R.Object, inout [FieldError]) -> Void
  ) throws(APIError) -> Decision<R.Object> {
    try checkVersion(sent.metadata, rules, target, current, options)
    var object = wanted
    MetadataRules.carryOver(&object.metadata, from: old.metadata)
    object.metadata.managedFields = sent.metadata.managedFields
    var errors: [FieldError] = []
    MetadataRules.validate(object.metadata, rules, into: &errors)
    MetadataRules.validateUpdate(object.metadata, from: old.metadata, into: &errors)
    check(object, old, &errors)
    if !errors.isEmpty { throw invalid(target, old.metadata.name, errors) }
    try validate(object, over: old, target, through: subresource, options)
    // Finalizers can be taken off through a status as well.
    return removalIsDue(object, rules) ? .delete(object) : .put(object)
  }

  /// Optimistic concurrency: the version that the client has seen must be the current one.
  private func checkVersion<R: KindRules>(
    _ sent: MetaV1.ObjectMeta, _ rules: R, _ target: Target, _ current: StoredObject, _ options: WriteOptions
  ) throws(APIError) {
    let isOther = !sent.uid.isEmpty && sent.uid != current.uid
    if isOther, !options.isPatch {
      throw .otherUID(target.groupResource, name: target.name, expected: sent.uid, found: current.uid)
    }
    if sent.resourceVersion.isEmpty || sent.resourceVersion == "0" {
      guard rules.allowsUnconditionalUpdate else {
        throw invalid(
          target, target.name,
          [
            // As users know it: 0, as Go prints a number without a sign.
            .invalid(FieldPath("metadata.resourceVersion"), rendered: "0x0", "must be specified for an update")
          ])
      }
    } else if sent.resourceVersion != current.resourceVersion {
      throw .modified(target.groupResource, name: target.name)
    }
    if isOther {
      throw invalid(target, target.name, [.invalid(FieldPath("metadata.uid"), sent.uid, "field is immutable")])
    }
  }

  /// Whether a deleted object has nothing left that holds it.
  func removalIsDue<R: KindRules>(_ object: R.Object, _ rules: R) -> Bool {
    object.metadata.deletionTimestamp != nil && object.metadata.finalizers.isEmpty
      && (object.metadata.deletionGracePeriodSeconds ?? 0) == 0 && !rules.isHeld(object)
  }
}
