import JSONDocument
import KubernetesAPI

/// ServiceCIDRs: the ranges that services' addresses come from.
struct ServiceCIDRKind: KindRules {
  typealias Object = NetworkingV1.ServiceCIDR
  private static let place = FieldPath("spec.cidrs")

  let storagePath = "servicecidrs"

  func prepareForCreate(_ range: inout NetworkingV1.ServiceCIDR) { range.status = NetworkingV1.ServiceCIDRStatus() }

  func prepareForUpdate(_ range: inout NetworkingV1.ServiceCIDR, from old: NetworkingV1.ServiceCIDR) {
    range.status = old.status
  }

  func validate(_ range: NetworkingV1.ServiceCIDR, into errors: inout [FieldError]) {
    let texts = range.spec.cidrs
    if texts.isEmpty {
      errors.append(.required(Self.place, "at least one CIDR required"))
    } else if texts.count > 2 {
      errors.append(
        .invalid(
          Self.place, rendered: String(decoding: range.spec.jsonBytes, as: UTF8.self), "may only hold up to 2 values"))
    } else {
      for (index, text) in texts.enumerated() {
        for problem in IPRules.problems(inCanonicalRange: text) {
          errors.append(.invalid(Self.place.index(index), text, problem))
        }
      }
      if texts.count == 2, let first = IPRange(texts[0]), first.family == IPRange(texts[1])?.family {
        errors.append(
          .invalid(
            Self.place, texts: texts,
            "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64"))
      }
    }
  }

  /// A second family may be added; nothing else changes.
  func validateUpdate(
    _ range: NetworkingV1.ServiceCIDR, from old: NetworkingV1.ServiceCIDR, into errors: inout [FieldError]
  ) {
    let (new, old) = (range.spec.cidrs, old.spec.cidrs)
    guard new.count == old.count || (old.count == 1 && new.count == 2) else {
      errors.append(.invalid(Self.place, texts: new, "field is immutable"))
      return
    }
    for (index, text) in old.enumerated() where text != new[index] {
      errors.append(.invalid(Self.place.index(index), new[index], "field is immutable"))
    }
  }

  func object(
    _ current: NetworkingV1.ServiceCIDR, withStatusOf sent: NetworkingV1.ServiceCIDR
  ) -> NetworkingV1.ServiceCIDR {
    var result = current
    result.status = sent.status
    return result
  }

  func cells(_ range: NetworkingV1.ServiceCIDR, now: Int64) -> [JSONValue] {
    [
      .string(range.metadata.name), .string(range.spec.cidrs.joined(separator: ",")),
      TableCells.age(range.metadata, now),
    ]
  }
}
