import JSONDocument
import KubernetesAPI

/// LimitRanges.
struct LimitRangeKind: KindRules {
  typealias Object = CoreV1.LimitRange
  static let types = ["Pod", "Container", "PersistentVolumeClaim"]

  let storagePath = "limitranges"
  let allowsCreateOnUpdate = true

  /// One without a name gets one that nobody else has.
  func prepareForCreate(_ range: inout CoreV1.LimitRange) {
    if range.metadata.name.isEmpty, range.metadata.generateName.isEmpty { range.metadata.name = range.metadata.uid }
  }

  func validate(_ range: CoreV1.LimitRange, into errors: inout [FieldError]) {
    var seen: Set<String> = []
    for (index, item) in range.spec.limits.enumerated() {
      let path = FieldPath("spec.limits").index(index)
      ValueRules.name(item.type, path.child("type"), NameRules.qualifiedName, into: &errors)
      if !item.type.contains("/"), !Self.types.contains(item.type) {
        errors.append(
          .invalid(path.child("type"), item.type, "must be a standard limit type or fully qualified"))
      }
      if !seen.insert(item.type).inserted { errors.append(.duplicate(path.child("type"), item.type)) }
      validate(item, path, into: &errors)
    }
  }

  private func validate(_ item: CoreV1.LimitRangeItem, _ path: FieldPath, into errors: inout [FieldError]) {
    func names(_ list: String, _ amounts: [String: Quantity]) {
      for name in amounts.keys.sorted() {
        let path = path.child(list).key(name)
        if item.type == "Pod" || item.type == "Container" {
          ResourceRules.containerResource(name, path, into: &errors)
        } else {
          ResourceRules.resource(name, path, into: &errors)
        }
      }
    }
    names("max", item.max)
    names("min", item.min)
    if item.type == "Pod" {
      for (list, amounts) in [("default", item.default), ("defaultRequest", item.defaultRequest)]
      where !amounts.isEmpty {
        errors.append(.forbidden(path.child(list), "may not be specified when `type` is 'Pod'"))
      }
    } else {
      names("default", item.default)
      names("defaultRequest", item.defaultRequest)
    }
    if item.type == "PersistentVolumeClaim", item.min["storage"] == nil, item.max["storage"] == nil {
      errors.append(
        .required(
          path.child("limits"), "either minimum or maximum storage value is required, but neither was provided"))
    }
    names("maxLimitRequestRatio", item.maxLimitRequestRatio)
    let all = [item.max, item.min, item.default, item.defaultRequest, item.maxLimitRequestRatio]
    for name in Set(all.flatMap(\.keys)).sorted() { compare(name, item, path, into: &errors) }
  }

  /// The amounts of one resource have to agree with each other.
  private func compare(
    _ name: String, _ item: CoreV1.LimitRangeItem, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    let (low, high) = (item.min[name], item.max[name])
    let (limit, request) = (item.default[name], item.defaultRequest[name])
    func refuse(_ list: String, _ value: Quantity, _ detail: String) {
      errors.append(.invalid(path.child(list).key(name), value.text, detail))
    }
    if let low, let high, low > high {
      refuse("min", low, "min value \(low.text) is greater than max value \(high.text)")
    }
    if let request, let low, low > request {
      refuse("defaultRequest", request, "min value \(low.text) is greater than default request value \(request.text)")
    }
    if let request, let high, request > high {
      refuse("defaultRequest", request, "default request value \(request.text) is greater than max value \(high.text)")
    }
    if let request, let limit, request > limit {
      refuse(
        "defaultRequest", request,
        "default request value \(request.text) is greater than default limit value \(limit.text)")
    }
    if let limit, let low, low > limit {
      refuse("default", low, "min value \(low.text) is greater than default value \(limit.text)")
    }
    if let limit, let high, limit > high {
      refuse("default", high, "default value \(limit.text) is greater than max value \(high.text)")
    }
    if let ratio = item.maxLimitRequestRatio[name] {
      if ratio < Quantity(1) { refuse("maxLimitRequestRatio", ratio, "ratio \(ratio.text) is less than 1") }
      if let low, let high, !low.isZero {
        let widest = Double(high.milliValue) / Double(low.milliValue)
        if Double(ratio.milliValue) / 1000 > widest {
          refuse(
            "maxLimitRequestRatio", ratio, "ratio \(ratio.text) is greater than max/min = \(Self.sixDigits(widest))")
        }
      }
    }
    if !ResourceRules.allowsOvercommit(name), let limit, let request, limit != request {
      refuse(
        "defaultRequest", request,
        "default value \(limit.text) must equal to defaultRequest value \(request.text) in \(name)")
    }
  }

  /// With six digits behind the point, as Go's `%f` has it.
  static func sixDigits(_ value: Double) -> String {
    guard value.magnitude < 9e12 else { return "\(value)" }
    let millionths = Int64((value * 1e6).rounded(.toNearestOrEven))
    let fraction = String(millionths % 1_000_000)
    return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
  }

  func cells(_ range: CoreV1.LimitRange, now: Int64) -> [JSONValue] {
    [.string(range.metadata.name), TableCells.created(range.metadata)]
  }
}
