import Access
import KubernetesAPI

/// What a kubelet's requests may be about, as far as only the objects themselves tell: its own Node and Lease, and the
/// pods that are bound to it. The authoriser has let the request's path through already.
enum NodeRestriction {
  static func checkCreate(
    _ user: UserInfo, _ object: some KubernetesObject, _ target: Target
  ) throws(APIError) {
    guard let node = user.nodeName else { return }
    switch target.resource.plural {
    case "nodes", "leases":
      if object.metadata.name != node {
        throw refusal(target, object.metadata.name, "node \(quoted(node)) is not allowed to modify it")
      }
    case "pods":
      guard let pod = object as? CoreV1.Pod else { return }
      let isMirror = pod.metadata.annotations["kubernetes.io/config.mirror"] != nil
      if !isMirror || pod.spec.nodeName != node {
        throw refusal(
          target, object.metadata.name,
          "node \(quoted(node)) can only create mirror pods with spec.nodeName set to itself")
      }
    default: break
    }
  }

  /// For a delete, or a new status, of an object that exists.
  static func checkChange(
    _ user: UserInfo, _ object: some KubernetesObject, _ target: Target, _ action: String
  ) throws(APIError) {
    guard let node = user.nodeName, let pod = object as? CoreV1.Pod, pod.spec.nodeName != node else { return }
    throw refusal(
      target, object.metadata.name, "node \(quoted(node)) can only \(action) pods with spec.nodeName set to itself")
  }

  private static func refusal(_ target: Target, _ name: String, _ reason: String) -> APIError {
    .forbidden(target.groupResource, name: name, because: reason)
  }

  private static func quoted(_ text: String) -> String { FieldError.quoted(text) }
}
