import JSONDocument

/// The algebra of ownership over versions of one kind: what a write takes from whom, what an apply removes.
///
/// Follows what Kubernetes documents of field management; the design is that of the structured-merge-diff library
/// (KEP 555), written anew.
struct OwnershipRules: Sendable {
  typealias Manager = ManagedFields.Manager
  typealias Owners = [Manager: ManagedFields.Ownership]

  let schema: Schema
  let kind: GroupVersionKind
  let resets: [String: FieldSet]
  /// What alone can be written through this path; empty: everything.
  let only: [[PathElement?]]
  let converter: FieldManager.Converter

  var version: String { kind.apiVersion }

  /// The engine for a version; nil if the kind has no such version.
  func fields(_ version: String) -> TypedFields? {
    guard let kind = GroupVersionKind(apiVersion: version, kind: kind.kind), let type = schema.index(of: kind) else {
      return nil
    }
    return TypedFields(schema: schema, type: type)
  }

  /// A document in another version; nil if there is no way to it.
  func convert(_ document: JSONValue, from: String, to version: String) -> JSONValue? {
    from == version ? document : converter(document, version)
  }

  /// What of a set can be written through this path.
  func ownable(_ set: FieldSet, in version: String) -> FieldSet {
    let kept = resets[version].map { set.subtractingTrees($0) } ?? set
    return only.isEmpty ? kept : kept.within(only.map { $0[...] })
  }

  private func ownable(_ change: FieldDifference, in version: String) -> FieldDifference {
    FieldDifference(
      added: ownable(change.added, in: version), modified: ownable(change.modified, in: version),
      removed: ownable(change.removed, in: version))
  }

  /// Owners as the schema sees them now.
  func current(_ owners: Owners) -> Owners {
    owners.compactMapValues { ownership in
      guard let fields = fields(ownership.apiVersion), fields.hasPartsOfLeaves(ownership.fields) else {
        return ownership
      }
      var ownership = ownership
      ownership.fields = fields.withoutPartsOfLeaves(ownership.fields)
      return ownership
    }
  }

  /// The owners after a write, and how it changed the object in the request's version. What changed is taken from
  /// all but the writer, what went is taken from all but the writer; owners of nothing go, and so do owners in
  /// versions that are no longer known.
  /// - Throws: the conflicts, unless they are forced.
  func owners(
    _ owners: Owners, afterChange old: JSONValue, _ new: JSONValue, by writer: Manager, force: Bool
  ) throws(ApplyError) -> (owners: Owners, change: FieldDifference) {
    guard let mine = fields(version) else { throw ApplyError(.internalError, "no schema for \(kind)") }
    let change = ownable(mine.difference(from: old, to: new), in: version)
    var changes: [String: FieldDifference] = [version: change]
    var conflicts: [(manager: Manager, fields: FieldSet)] = []
    var result = owners
    for (manager, ownership) in owners where manager != writer {
      let version = ownership.apiVersion
      if changes[version] == nil {
        guard let fields = fields(version), let oldThere = convert(old, from: self.version, to: version),
          let newThere = convert(new, from: self.version, to: version)
        else {
          result[manager] = nil
          continue
        }
        changes[version] = ownable(fields.difference(from: oldThere, to: newThere), in: version)
      }
      guard let change = changes[version] else { continue }
      let taken = ownership.fields.intersection(change.modified.union(change.added))
      if !taken.isEmpty { conflicts.append((manager, taken)) }
      result[manager]?.fields = ownership.fields.subtracting(taken).subtracting(change.removed)
    }
    if !force, !conflicts.isEmpty { throw ApplyError(Self.list(conflicts)) }
    return (result.filter { !$0.value.fields.isEmpty }, change)
  }

  private static func list(_ conflicts: [(manager: Manager, fields: FieldSet)]) -> [ApplyError.Conflict] {
    conflicts.map { ($0.manager.description, $0.fields.paths) }
      .sorted { $0.0 < $1.0 }
      .flatMap { manager, paths in
        paths.map { .init(manager: manager, field: $0.map(\.description).joined()) }
      }
  }

  // MARK: - Pruning

  /// The merged document without what the applier applied last time and does not any more, unless somebody else owns
  /// it. Structs go with the last of their parts.
  /// - Parameter owners: all, the applier with what it applies now.
  func pruned(
    _ merged: JSONValue, owners: Owners, last: ManagedFields.Ownership?
  ) throws(ApplyError) -> JSONValue {
    guard let last, !last.fields.isEmpty else { return merged }
    let home = last.apiVersion
    guard let fields = fields(home), let start = convert(merged, from: version, to: home) else { return merged }
    var owned: [String: FieldSet] = [:]
    for ownership in owners.values {
      owned[ownership.apiVersion] = (owned[ownership.apiVersion] ?? FieldSet()).union(ownership.fields)
    }
    var rest = fields.removing(fields.withStructs(last.fields), from: start)
    // The version that the fields went in comes first: a document may lack what a conversion needs until then.
    var order = owned.keys.sorted()
    order.removeAll { $0 == home }
    for version in [home] + order {
      guard let set = owned[version], let there = self.fields(version),
        let whole = convert(start, from: home, to: version), let part = convert(rest, from: home, to: version)
      else { continue }
      let gone = there.withStructs(there.fields(of: whole)).subtracting(there.withStructs(there.fields(of: part)))
        .subtracting(there.withStructs(set))
      let kept = there.removing(gone, from: whole)
      guard let back = convert(kept, from: version, to: home) else {
        throw ApplyError(.internalError, "cannot convert \(kind.kind) from \(version) to \(home)")
      }
      rest = back
    }
    // Only what the applier itself owned may go: the removal of a struct took more with it.
    let gone = fields.withStructs(fields.fields(of: start))
      .subtracting(fields.withStructs(fields.fields(of: rest)))
      .intersection(fields.withStructs(last.fields))
    guard let result = convert(fields.removing(gone, from: start), from: home, to: version) else {
      throw ApplyError(.internalError, "cannot convert \(kind.kind) from \(home) to \(version)")
    }
    return result
  }
}
