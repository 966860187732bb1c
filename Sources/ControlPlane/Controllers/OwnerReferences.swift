// Controllers: the loops that bring the cluster in line with what its objects ask for, one folder a subject, one
// file a controller; rules that can be pure stand in a file of their own beside the controller that acts on them.
// `ControllerManagerProcess` runs them all while it leads.

package import KubernetesAPI
import PodRules

extension MetaV1.ObjectMeta {
  /// Being deleted: it only awaits its grace period or its finalizers.
  package var isTerminating: Bool { deletionTimestamp != nil }
}

/// What an owner does about an object that its selector or its reference concerns.
package enum ClaimDecision: Sendable, Equatable {
  /// It is the owner's.
  case keep
  /// It is nobody's and matches: take it.
  case adopt
  /// It is the owner's and no longer matches: let go of it.
  case release
  /// It is somebody else's, or does not concern the owner.
  case ignore

  /// The decision of `owner` (whose labels to match are `selector`) about `object`. Pure.
  package init(
    owner: MetaV1.ObjectMeta, selector: MetaV1.LabelSelector?, object: MetaV1.ObjectMeta
  ) {
    let matches = selector?.matches(object.labels) ?? false
    if let controller = object.controller {
      guard controller.uid == owner.uid else {
        self = .ignore
        return
      }
      // An owner that goes leaves its objects to the garbage collector.
      self = matches || owner.isTerminating ? .keep : .release
    } else {
      self = matches && !owner.isTerminating && !object.isTerminating ? .adopt : .ignore
    }
  }
}
