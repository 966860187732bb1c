import APISchema
import JSONDocument
import KubernetesAPI

/// What holds for the metadata of every kind.
enum MetadataRules {
  /// The limit of all annotations' keys and values together.
  private static let annotationBytes = 256 << 10

  static func validate<R: KindRules>(_ metadata: MetaV1.ObjectMeta, _ rules: R, into errors: inout [FieldError]) {
    let path = FieldPath("metadata")
    if !metadata.generateName.isEmpty {
      // The prefix may end in a dash: what follows is made of letters and digits.
      let trial = metadata.generateName + "a"
      for problem in rules.problems(inName: trial) {
        errors.append(.invalid(path.child("generateName"), metadata.generateName, problem))
      }
    }
    if metadata.name.isEmpty {
      errors.append(.required(path.child("name"), "name or generateName is required"))
    } else {
      for problem in rules.problems(inName: metadata.name) {
        errors.append(.invalid(path.child("name"), metadata.name, problem))
      }
    }
    if R.Object.resource.namespaced {
      if metadata.namespace.isEmpty {
        errors.append(.required(path.child("namespace")))
      } else {
        for problem in NameRules.dnsLabel(metadata.namespace) {
          errors.append(.invalid(path.child("namespace"), metadata.namespace, problem))
        }
      }
    } else if !metadata.namespace.isEmpty {
      errors.append(.forbidden(path.child("namespace"), "not allowed on this type"))
    }
    if metadata.generation < 0 {
      errors.append(.invalid(path.child("generation"), metadata.generation, "must be greater than or equal to 0"))
    }
    // Paths are texts: they are made where there is something.
    if !metadata.labels.isEmpty { labels(metadata.labels, path.child("labels"), into: &errors) }
    if !metadata.annotations.isEmpty { annotations(metadata.annotations, path.child("annotations"), into: &errors) }
    if !metadata.ownerReferences.isEmpty {
      owners(metadata.ownerReferences, path.child("ownerReferences"), into: &errors)
    }
    if !metadata.finalizers.isEmpty { finalizers(metadata.finalizers, path.child("finalizers"), into: &errors) }
    if !metadata.managedFields.isEmpty { records(metadata.managedFields, path.child("managedFields"), into: &errors) }
  }

  static func labels(
    _ labels: [String: String], _ place: @autoclosure () -> FieldPath, into errors: inout [FieldError]
  ) {
    // In order, and with a path, only where there is something to say.
    let isFine = labels.allSatisfy { NameRules.isQualifiedName($0.key.utf8) && NameRules.labelValue($0.value).isEmpty }
    if isFine { return }
    let path = place()
    for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
      for problem in NameRules.qualifiedName(key) { errors.append(.invalid(path, key, problem)) }
      for problem in NameRules.labelValue(value) { errors.append(.invalid(path, value, problem)) }
    }
  }

  static func annotations(_ annotations: [String: String], _ path: FieldPath, into errors: inout [FieldError]) {
    let total = annotations.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    let wrong = annotations.keys.filter { key in
      !NameRules.isQualifiedName(key.utf8) && !NameRules.isQualifiedName(key.lowercased().utf8)
    }
    for key in wrong.sorted() {
      for problem in NameRules.qualifiedName(key.lowercased()) { errors.append(.invalid(path, key, problem)) }
    }
    if total > annotationBytes { errors.append(.tooLong(path, limit: annotationBytes)) }
  }

  /// What clients may have edited; what cannot be read at all has been dropped before.
  private static func records(
    _ entries: [MetaV1.ManagedFieldsEntry], _ place: @autoclosure () -> FieldPath, into errors: inout [FieldError]
  ) {
    for (index, entry) in entries.enumerated() {
      // Most are the server's own: a path is made where there is something to say.
      if entry.subresource.utf8.count <= 256, FieldManager.problems(inName: entry.manager).isEmpty { continue }
      let path = place().index(index)
      errors += manager(entry.manager, path.child("manager"))
      if entry.subresource.utf8.count > 256 { errors.append(.tooLong(path.child("subresource"), limit: 256)) }
    }
  }

  /// What is wrong with the name of whoever owns fields.
  static func manager(_ name: String, _ path: FieldPath) -> [FieldError] {
    FieldManager.problems(inName: name).map { problem in
      switch problem {
      case .tooLong: .tooLong(path, limit: FieldManager.nameLimit)
      case .unprintable(let text): .invalid(path, name, text)
      }
    }
  }

  private static func owners(
    _ owners: [MetaV1.OwnerReference], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    var controller: String?
    // As in Kubernetes, no error says which of them it is about.
    for owner in owners {
      let version = owner.apiVersion.split(separator: "/", omittingEmptySubsequences: false)
      if owner.apiVersion.isEmpty || version.count > 2 || version.last == "" {
        errors.append(.invalid(path.child("apiVersion"), owner.apiVersion, "version must not be empty"))
      }
      if owner.kind.isEmpty { errors.append(.invalid(path.child("kind"), "", "must not be empty")) }
      if owner.name.isEmpty { errors.append(.invalid(path.child("name"), "", "must not be empty")) }
      if owner.uid.isEmpty { errors.append(.invalid(path.child("uid"), "", "must not be empty")) }
      if owner.kind == "Event", owner.apiVersion == "v1" {
        errors.append(
          .invalid(path, rendered: owner.json.description, "/v1, Kind=Event is disallowed from being an owner"))
      }
      if owner.controller == true {
        if let controller {
          errors.append(
            .invalid(
              path, rendered: JSONValue.array(owners.map(\.json)).description,
              "Only one reference can have Controller set to true. Found \"true\" in references for \(controller) and "
                + "\(owner.kind)/\(owner.name)"))
        }
        controller = "\(owner.kind)/\(owner.name)"
      }
    }
  }

  /// A finalizer's name: of the cluster's own, or with the domain of whoever looks after it.
  static func finalizer(_ name: String, _ path: FieldPath, into errors: inout [FieldError]) {
    for problem in NameRules.qualifiedName(name) { errors.append(.invalid(path, name, problem)) }
    if !name.contains("/"), !["kubernetes", "orphan", "foregroundDeletion"].contains(name) {
      errors.append(
        .invalid(path, name, "name is neither a standard finalizer name nor is it fully qualified"))
    }
  }

  private static func finalizers(_ finalizers: [String], _ path: FieldPath, into errors: inout [FieldError]) {
    for (index, finalizer) in finalizers.enumerated() {
      self.finalizer(finalizer, path.index(index), into: &errors)
    }
    if finalizers.contains("orphan"), finalizers.contains("foregroundDeletion") {
      errors.append(
        .invalid(
          path, rendered: "[" + finalizers.map(FieldError.quoted).joined(separator: ",") + "]",
          "finalizer orphan and foregroundDeletion cannot be both set"))
    }
  }

  /// Keeps what only the server sets, the records of who owns which field aside: those have been kept already.
  static func carryOver(_ new: inout MetaV1.ObjectMeta, from old: MetaV1.ObjectMeta) {
    if new.uid.isEmpty { new.uid = old.uid }
    if new.namespace.isEmpty { new.namespace = old.namespace }
    new.creationTimestamp = old.creationTimestamp
    // Who deletes an object says so by a delete; what that has set cannot be taken back.
    if old.deletionTimestamp != nil { new.deletionTimestamp = old.deletionTimestamp }
    if new.deletionGracePeriodSeconds == nil { new.deletionGracePeriodSeconds = old.deletionGracePeriodSeconds }
    new.generation = old.generation
    new.generateName = old.generateName
    new.selfLink = ""
  }

  static func validateUpdate(
    _ new: MetaV1.ObjectMeta, from old: MetaV1.ObjectMeta, into errors: inout [FieldError]
  ) {
    let path = FieldPath("metadata")
    func immutable(_ name: String, _ new: String, _ old: String) {
      if new != old { errors.append(.invalid(path.child(name), new, "field is immutable")) }
    }
    immutable("name", new.name, old.name)
    immutable("namespace", new.namespace, old.namespace)
    immutable("uid", new.uid, old.uid)
    if new.deletionTimestamp != old.deletionTimestamp {
      errors.append(
        .invalid(
          path.child("deletionTimestamp"), rendered: new.deletionTimestamp?.description ?? "null", "field is immutable")
      )
    }
    if new.deletionGracePeriodSeconds != old.deletionGracePeriodSeconds {
      errors.append(
        .invalid(
          path.child("deletionGracePeriodSeconds"), rendered: new.deletionGracePeriodSeconds.map(String.init) ?? "null",
          "field is immutable"))
    }
    if old.deletionTimestamp != nil {
      let added = new.finalizers.filter { !old.finalizers.contains($0) }
      if !added.isEmpty {
        errors.append(
          .forbidden(
            path.child("finalizers"),
            "no new finalizers can be added if the object is being deleted, found new finalizers "
              + "[" + added.map(FieldError.quoted).joined(separator: " ") + "]"))
      }
    }
  }
}
