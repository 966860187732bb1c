package import KubernetesAPI

/// Who owns whom, over all kinds, as the caches show it. Pure: a value that the garbage collector guards.
package struct OwnershipGraph: Sendable {
  package static let foregroundFinalizer = "foregroundDeletion"
  package static let orphanFinalizer = "orphan"

  /// An object in the graph.
  package struct Entry: Sendable, Equatable {
    package var resource: ResourceDescription
    package var metadata: MetaV1.ObjectMeta

    package init(resource: ResourceDescription, metadata: MetaV1.ObjectMeta) {
      self.resource = resource
      self.metadata = metadata
    }

    /// Being deleted, and kept until its dependants are gone.
    package var awaitsDependants: Bool {
      metadata.deletionTimestamp != nil && metadata.finalizers.contains(OwnershipGraph.foregroundFinalizer)
    }

    /// Being deleted, and kept until its dependants have been let go.
    package var orphansDependants: Bool {
      metadata.deletionTimestamp != nil && metadata.finalizers.contains(OwnershipGraph.orphanFinalizer)
    }
  }

  private var entries: [String: Entry] = [:]
  private var dependants: [String: Set<String>] = [:]

  package init() {}

  package var count: Int { entries.count }

  package subscript(uid: String) -> Entry? { entries[uid] }

  /// The objects that name `owner` among their owners.
  package func dependants(of owner: String) -> [Entry] { (dependants[owner] ?? []).compactMap { entries[$0] } }

  /// Takes an object as it is now. Returns the uids that are worth a look.
  package mutating func upsert(_ entry: Entry) -> Set<String> {
    let uid = entry.metadata.uid
    let before = entries.updateValue(entry, forKey: uid)
    let oldOwners = Set(before?.metadata.ownerReferences.map(\.uid) ?? [])
    let newOwners = Set(entry.metadata.ownerReferences.map(\.uid))
    for owner in oldOwners.subtracting(newOwners) { forget(uid, from: owner) }
    for owner in newOwners.subtracting(oldOwners) { dependants[owner, default: []].insert(uid) }

    var look: Set<String> = []
    // A new object, or one with other owners: are they there?
    if !newOwners.isEmpty, before == nil || before?.metadata.ownerReferences != entry.metadata.ownerReferences {
      look.insert(uid)
    }
    if entry.awaitsDependants || entry.orphansDependants {
      look.insert(uid)
      // Dependants of one that awaits them have to go.
      if before?.awaitsDependants != entry.awaitsDependants { look.formUnion(dependants[uid] ?? []) }
    }
    // An owner that awaits this object may no longer have to: the object has let go of it.
    look.formUnion(oldOwners.subtracting(newOwners).filter { entries[$0]?.awaitsDependants == true })
    return look
  }

  /// Takes the end of an object. Returns the uids that are worth a look.
  package mutating func remove(_ uid: String) -> Set<String> {
    guard let entry = entries.removeValue(forKey: uid) else { return dependants[uid] ?? [] }
    var look = dependants[uid] ?? []
    for owner in Set(entry.metadata.ownerReferences.map(\.uid)) {
      forget(uid, from: owner)
      if entries[owner]?.awaitsDependants == true { look.insert(owner) }
    }
    return look
  }

  private mutating func forget(_ uid: String, from owner: String) {
    dependants[owner]?.remove(uid)
    if dependants[owner]?.isEmpty == true { dependants[owner] = nil }
  }
}

/// What the garbage collector knows about an owner that a reference names.
package enum OwnerState: Sendable, Equatable {
  case exists
  /// Exists, but is being deleted and awaits its dependants.
  case awaitsDependants
  case absent
}

/// What becomes of an object, given what its owners are. Pure.
package enum CollectionDecision: Sendable, Equatable {
  /// Some owner wants it.
  case keep
  /// Some owner wants it; the references to these others are to be dropped.
  case unlink(uids: Set<String>)
  /// Nobody wants it.
  case delete(policy: String)

  package init(
    _ metadata: MetaV1.ObjectMeta, owners: [String: OwnerState], hasDependants: Bool
  ) {
    let references = metadata.ownerReferences
    let wanting = references.filter { owners[$0.uid] == .exists }
    let others = Set(references.filter { owners[$0.uid] != .exists }.map(\.uid))
    if references.isEmpty || (others.isEmpty && !wanting.isEmpty) {
      self = .keep
    } else if !wanting.isEmpty {
      self = .unlink(uids: others)
    } else if hasDependants, owners.values.contains(.awaitsDependants) {
      // An owner waits for this one: it in turn goes only after its own dependants.
      self = .delete(policy: "Foreground")
    } else if metadata.finalizers.contains(OwnershipGraph.orphanFinalizer) {
      self = .delete(policy: "Orphan")
    } else if metadata.finalizers.contains(OwnershipGraph.foregroundFinalizer) {
      self = .delete(policy: "Foreground")
    } else {
      self = .delete(policy: "Background")
    }
  }
}
