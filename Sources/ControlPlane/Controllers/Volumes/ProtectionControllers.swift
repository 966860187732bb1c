package import ClusterClient
package import ControllerKit
import KubernetesAPI

/// Lets claims go that are deleted, once no pod uses them any more.
package final class ClaimProtectionController: Reconciler {
  package let name = "pvc-protection"

  package static let finalizer = "kubernetes.io/pvc-protection"

  private let client: ClusterClient
  private let claims: Informer<CoreV1.PersistentVolumeClaim>

  package init(_ context: ControllerContext, queue: WorkQueue<ObjectKey>) {
    client = context.client
    claims = context.informers.informer()
    claims.addHandler { change in
      if case .deleted = change { return }
      queue.add(change.object.key)
    }
    let pods: Informer<CoreV1.Pod> = context.informers.informer()
    let claims = claims
    pods.addHandler { change in
      guard case .deleted(let pod) = change else { return }
      for name in Self.claims(of: pod) {
        let key = ObjectKey(namespace: pod.metadata.namespace, name: name)
        if claims.get(key)?.metadata.isTerminating == true { queue.add(key) }
      }
    }
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard var claim = claims.get(key) else { return .done }
    let isHeld = claim.metadata.finalizers.contains(Self.finalizer)
    if !claim.metadata.isTerminating {
      // One from before there was this protection.
      guard !isHeld else { return .done }
      claim.metadata.finalizers.append(Self.finalizer)
      _ = try await client.update(claim)
      return .done
    }
    guard isHeld else { return .done }
    // Caches may lag behind a pod that has just been placed: the API is asked.
    let pods = try await client.list(CoreV1.Pod.self, namespace: key.namespace).items
    if pods.contains(where: { Self.uses($0, key.name) }) { return .done }
    claim.metadata.finalizers.removeAll { $0 == Self.finalizer }
    do { _ = try await client.update(claim) } catch  where error.isNotFound {}
    return .done
  }

  /// A pod that has no node yet will not start any more with a claim that is being deleted.
  private static func uses(_ pod: CoreV1.Pod, _ claim: String) -> Bool {
    !pod.spec.nodeName.isEmpty && claims(of: pod).contains(claim)
  }

  private static func claims(of pod: CoreV1.Pod) -> [String] {
    pod.spec.volumes.compactMap(pod.claimName(of:))
  }
}

/// Lets volumes go that are deleted, once no claim is bound to them any more.
package final class VolumeProtectionController: Reconciler {
  package let name = "pv-protection"

  package static let finalizer = "kubernetes.io/pv-protection"

  private let client: ClusterClient
  private let volumes: Informer<CoreV1.PersistentVolume>

  package init(_ context: ControllerContext, queue: WorkQueue<ObjectKey>) {
    client = context.client
    volumes = context.informers.informer()
    volumes.addHandler { change in
      if case .deleted = change { return }
      queue.add(change.object.key)
    }
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard var volume = volumes.get(key) else { return .done }
    let isHeld = volume.metadata.finalizers.contains(Self.finalizer)
    if volume.metadata.isTerminating {
      guard isHeld, volume.status.phase != "Bound" else { return .done }
      volume.metadata.finalizers.removeAll { $0 == Self.finalizer }
    } else {
      guard !isHeld else { return .done }
      volume.metadata.finalizers.append(Self.finalizer)
    }
    do { _ = try await client.update(volume) } catch  where error.isNotFound {}
    return .done
  }
}
