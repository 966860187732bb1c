import Access
import KubernetesAPI

/// When admission is asked (`AdmissionChain`): what is new is admitted here, before the kind's own rules; changes of
/// what is there already in `ObjectStore`, each time that they are worked out.
extension ResourceRegistry {
  /// How often the chain is asked again where something is about to be made that it needs.
  private static let patience = 10

  /// A new object with all that admission fills in.
  func admit<Object: KubernetesObject>(
    _ object: Object, _ target: Target, _ options: WriteOptions
  ) async throws(APIError) -> Object {
    await store.awaitOwnWrites()
    guard store.admission.mayChange(Object.self) else { return object }
    let request = AdmissionRequest(creating: object.metadata, target, user: options.user)
    var round = 0
    while true {
      do {
        var admitted = object
        try store.admission.admit(&admitted, old: nil, request)
        return admitted
      } catch {
        round += 1
        guard round == 1 || error.maySoonPass && round <= Self.patience && !Task.isCancelled else { throw error.error }
        if round > 1 {
          try? await Task.sleep(for: .milliseconds(100 + Int64(environment.random() % 100)))
        }
        // The caches may lag behind what has just been made: they do not get to refuse.
        try await catchUp()
      }
    }
  }

  /// Waits until the caches show what the store has now.
  private func catchUp() async throws(APIError) {
    let revision = try await store.ask { () async throws(StorageError) in try await cache.barrier.currentRevision() }
    _ = await cache.gate.reach(revision, within: .seconds(configuration.freshnessTimeout))
  }
}

extension AdmissionRequest {
  /// A create; a name that is still to be chosen is told by its beginning.
  init(creating metadata: MetaV1.ObjectMeta, _ target: Target, user: UserInfo) {
    self.init(.create, target, user: user)
    name =
      !metadata.name.isEmpty ? metadata.name : !metadata.generateName.isEmpty ? metadata.generateName : "Unknown"
  }
}

// MARK: - What is there already

extension ObjectStore {
  /// Waits until the caches show what this front-end itself has written of what decides; mostly they do.
  func awaitOwnWrites() async {
    let needed = admission.neededRevision
    guard cache.gate.revision < needed else { return }
    _ = await cache.gate.reach(needed, within: .seconds(1))
  }

  /// An object that is to replace another one, with all that admission fills in.
  func admitChange<Object: KubernetesObject>(
    _ object: inout Object, over old: Object, _ target: Target, _ options: WriteOptions
  ) throws(APIError) {
    guard admission.mayChange(Object.self) else { return }
    do {
      try admission.admit(&object, old: old, AdmissionRequest(.update, target, user: options.user))
    } catch {
      throw error.error
    }
  }

  /// Whether an object may be stored.
  /// - Parameter subresource: what it is written through; "" for the object itself.
  func validate<Object: KubernetesObject>(
    _ object: Object, over old: Object?, _ target: Target, through subresource: String = "", _ options: WriteOptions
  ) throws(APIError) {
    guard admission.checks(Object.self) else { return options.warnings.replace([]) }
    var request =
      old == nil
      ? AdmissionRequest(creating: object.metadata, target, user: options.user)
      : AdmissionRequest(.update, target, user: options.user)
    request.subresource = subresource
    options.warnings.replace(try admission.validate(object, old: old, request))
  }

  /// Whether an object may be deleted.
  func validateDelete<Object: KubernetesObject>(
    _ object: Object, _ target: Target, through subresource: String = "", _ user: UserInfo
  ) throws(APIError) {
    guard admission.checks(Object.self) else { return }
    let request = AdmissionRequest(.delete, target, subresource: subresource, user: user)
    _ = try admission.validate(object, old: nil, request)
  }
}
