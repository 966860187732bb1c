import JSONDocument
import KubernetesAPI

/// Leases: leader election, and the heartbeat of nodes.
struct LeaseKind: KindRules {
  typealias Object = CoordinationV1.Lease

  let storagePath = "leases"
  let allowsCreateOnUpdate = true
  let allowsUnconditionalUpdate = false

  func validate(_ lease: CoordinationV1.Lease, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    if let seconds = lease.spec.leaseDurationSeconds, seconds <= 0 {
      errors.append(.invalid(path.child("leaseDurationSeconds"), seconds, "must be greater than 0"))
    }
    if let transitions = lease.spec.leaseTransitions, transitions < 0 {
      errors.append(.invalid(path.child("leaseTransitions"), transitions, "must be greater than or equal to 0"))
    }
    if let strategy = lease.spec.strategy {
      // Kubernetes spells the path so.
      let place = path.child("strategy", "strategy")
      if strategy.contains("/") {
        ValueRules.name(strategy, place, NameRules.qualifiedName, into: &errors)
      } else if strategy != "OldestEmulationVersion" {
        errors.append(.notSupported(place, strategy, supported: ["OldestEmulationVersion"]))
      }
    }
    if let holder = lease.spec.preferredHolder, !holder.isEmpty, (lease.spec.strategy ?? "").isEmpty {
      errors.append(.forbidden(path.child("preferredHolder"), "may only be specified if `strategy` is defined"))
    }
  }

  func cells(_ lease: CoordinationV1.Lease, now: Int64) -> [JSONValue] {
    [
      .string(lease.metadata.name), .string(lease.spec.holderIdentity ?? ""), TableCells.age(lease.metadata, now),
    ]
  }
}
