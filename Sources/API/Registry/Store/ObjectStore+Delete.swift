import KubernetesAPI

extension ObjectStore {
  private static let orphanFinalizer = "orphan"
  private static let foregroundFinalizer = "foregroundDeletion"

  /// Deletes an object, or marks it as deleted when a grace period or finalizers hold it.
  func delete<R: KindRules>(
    _ rules: R, _ target: Target, options: DeleteOptions
  ) async throws(APIError) -> ChangeResult {
    try await modify(rules, target, dryRun: options.dryRun) { (old, current) throws(APIError) in
      try validateDelete(old, target, options.user)
      try checkPreconditions(options, current, target)
      return try decideDelete(rules, target, old, options)
    }
  }

  private func checkPreconditions(
    _ options: DeleteOptions, _ current: StoredObject, _ target: Target
  ) throws(APIError) {
    func refuse(_ reason: String) -> APIError {
      // Kubernetes names the kind here, not the resource.
      let kind = GroupResource(group: target.resource.group, resource: target.resource.kind)
      return .conflict(kind, name: target.name, because: reason)
    }
    if let uid = options.uid, uid != current.uid {
      throw refuse(
        "the UID in the precondition (\(uid)) does not match the UID in record (\(current.uid)). The object might have "
          + "been deleted and then recreated")
    }
    if let version = options.resourceVersion, version != current.resourceVersion {
      throw refuse(
        "the ResourceVersion in the precondition (\(version)) does not match the ResourceVersion in record "
          + "(\(current.resourceVersion)). The object might have been modified")
    }
  }

  private func decideDelete<R: KindRules>(
    _ rules: R, _ target: Target, _ old: R.Object, _ options: DeleteOptions
  ) throws(APIError) -> Decision<R.Object> {
    if let reason = rules.reasonToKeep(old) {
      throw .forbidden(target.groupResource, name: target.name, because: reason)
    }
    var object = old
    switch options.propagation ?? rules.defaultPropagation {
    case .orphan?: object.metadata.setFinalizer(Self.orphanFinalizer, replacing: Self.foregroundFinalizer)
    case .foreground?: object.metadata.setFinalizer(Self.foregroundFinalizer, replacing: Self.orphanFinalizer)
    case .background?:
      object.metadata.finalizers.removeAll { $0 == Self.orphanFinalizer || $0 == Self.foregroundFinalizer }
    case nil: break
    }
    let grace = rules.gracePeriod(of: old, requested: options.gracePeriodSeconds)
    if let deletion = old.metadata.deletionTimestamp {
      // A second delete can only shorten what the first one granted.
      let granted = old.metadata.deletionGracePeriodSeconds ?? 0
      if options.gracePeriodSeconds != nil, grace < granted {
        object.metadata.deletionTimestamp = Time(secondsSinceEpoch: deletion.secondsSinceEpoch - granted + grace)
        object.metadata.deletionGracePeriodSeconds = grace
      }
    } else {
      object.metadata.deletionTimestamp = Time(secondsSinceEpoch: now + grace)
      object.metadata.deletionGracePeriodSeconds = grace
      if object.metadata.generation > 0 { object.metadata.generation += 1 }
      rules.markDeleted(&object)
    }
    return removalIsDue(object, rules) ? .delete(object) : .put(object)
  }
}

extension MetaV1.ObjectMeta {
  fileprivate mutating func setFinalizer(_ finalizer: String, replacing other: String) {
    finalizers.removeAll { $0 == other }
    if !finalizers.contains(finalizer) { finalizers.append(finalizer) }
  }
}
