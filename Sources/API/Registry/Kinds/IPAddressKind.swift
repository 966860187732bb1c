import JSONDocument
import KubernetesAPI

/// IPAddresses: that an address of the services' range is taken, and by whom. Its name is the address.
struct IPAddressKind: KindRules {
  typealias Object = NetworkingV1.IPAddress

  let storagePath = "ipaddresses"

  func problems(inName name: String) -> [String] { IPRules.problems(inCanonicalAddress: name) }

  func validate(_ address: NetworkingV1.IPAddress, into errors: inout [FieldError]) {
    let path = FieldPath("spec.parentRef")
    guard let parent = address.spec.parentRef else {
      errors.append(.required(path))
      return
    }
    // The core group is the empty text.
    ReferenceRules.group(parent.group.isEmpty ? nil : parent.group, path.child("group"), into: &errors)
    ReferenceRules.segment(parent.resource, path.child("resource"), into: &errors)
    ReferenceRules.segment(parent.name, path.child("name"), into: &errors)
    for problem in NameRules.pathSegment(parent.namespace) {
      errors.append(.invalid(path.child("namespace"), parent.namespace, problem))
    }
  }

  func validateUpdate(
    _ address: NetworkingV1.IPAddress, from old: NetworkingV1.IPAddress, into errors: inout [FieldError]
  ) {
    if address.spec.parentRef != old.spec.parentRef {
      errors.append(.immutable(FieldPath("spec.parentRef"), address.spec.parentRef?.jsonBytes))
    }
  }

  func cells(_ address: NetworkingV1.IPAddress, now: Int64) -> [JSONValue] {
    var parent = "<none>"
    if let reference = address.spec.parentRef {
      parent = [
        GroupResource(group: reference.group, resource: reference.resource).description.lowercased(),
        reference.namespace, reference.name,
      ].filter { !$0.isEmpty }.joined(separator: "/")
    }
    return [.string(address.metadata.name), .string(parent)]
  }
}
