import Access
import KubernetesAPI

/// Nobody grants what they do not hold: looks at every write of roles and bindings.
enum RoleRestriction {
  /// - Parameters:
  ///   - roleGuard: nil: nobody looks, as where the registry stands without an authoriser.
  ///   - object: as it is to be stored.
  ///   - old: what it replaces; nil for a create.
  static func check<T: KubernetesObject>(
    _ roleGuard: @autoclosure () -> RoleGuard?, _ object: T, old: T?, _ target: Target
  ) throws(APIError) {
    guard target.resource.group == RoleGuard.group, let guardian = roleGuard() else { return }
    do {
      switch object {
      case let role as RbacV1.ClusterRole: try guardian.check(role, old: old as? RbacV1.ClusterRole)
      case let role as RbacV1.Role: try guardian.check(role, old: old as? RbacV1.Role)
      case let binding as RbacV1.ClusterRoleBinding: try guardian.check(binding, old: old as? RbacV1.ClusterRoleBinding)
      case let binding as RbacV1.RoleBinding: try guardian.check(binding, old: old as? RbacV1.RoleBinding)
      default: return
      }
    } catch {
      switch error {
      case .forbidden(let text): throw .forbidden(target.groupResource, name: object.metadata.name, because: text)
      case .roleNotFound(let resource, let name):
        throw .notFound(GroupResource(group: RoleGuard.group, resource: resource), name: name)
      }
    }
  }
}
