import KubernetesAPI
import PodRules

/// LimitRanger: what a namespace's limit ranges fill in, and what they forbid, for containers, pods and claims.
struct LimitRanger: MutatingPlugin, ValidatingPlugin {
  private static let annotation = "kubernetes.io/limit-ranger"

  // MARK: Defaults

  func admit(
    _ pod: inout CoreV1.Pod, old: CoreV1.Pod?, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    guard request.operation == .create && request.subresource.isEmpty else { return }
    for range in try facts.list(CoreV1.LimitRange.self, namespace: request.namespace) { fill(&pod, from: range) }
  }

  private func fill(_ pod: inout CoreV1.Pod, from range: CoreV1.LimitRange) {
    var limits: [String: Quantity] = [:]
    var requests: [String: Quantity] = [:]
    for item in range.spec.limits where item.type == "Container" {
      limits.merge(item.default) { $1 }
      requests.merge(item.defaultRequest) { $1 }
    }
    guard !limits.isEmpty || !requests.isEmpty else { return }
    var notes: [String] = []
    func complete(_ container: inout CoreV1.Container, _ role: String) {
      func add(_ amounts: [String: Quantity], to given: inout [String: Quantity], _ what: String) {
        let missing = amounts.keys.filter { given[$0] == nil }.sorted()
        for name in missing { given[name] = amounts[name] }
        if !missing.isEmpty { notes.append("\(missing.joined(separator: ", ")) \(what) for \(role) \(container.name)") }
      }
      add(requests, to: &container.resources.requests, "request")
      add(limits, to: &container.resources.limits, "limit")
    }
    for index in pod.spec.containers.indices { complete(&pod.spec.containers[index], "container") }
    for index in pod.spec.initContainers.indices {
      complete(&pod.spec.initContainers[index], "init container")
    }
    if !notes.isEmpty {
      pod.metadata.annotations[Self.annotation] = "LimitRanger plugin set: \(notes.joined(separator: "; "))"
    }
  }

  // MARK: Limits

  var kinds: [any KubernetesObject.Type] { [CoreV1.Pod.self, CoreV1.PersistentVolumeClaim.self] }

  func validate(
    _ object: any KubernetesObject, old: (any KubernetesObject)?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts, warnings: inout [String]
  ) throws(AdmissionRefusal) {
    let problems: (CoreV1.LimitRange) -> [String]
    switch (object, request.operation, request.subresource) {
    // What containers need is fixed once a pod is there, but for resizes.
    case (let pod as CoreV1.Pod, .create, ""), (let pod as CoreV1.Pod, .update, "resize"):
      problems = { Self.problems(of: pod.spec, $0) }
    case (let claim as CoreV1.PersistentVolumeClaim, .create, ""),
      (let claim as CoreV1.PersistentVolumeClaim, .update, ""):
      problems = { Self.problems(of: claim, $0) }
    default: return
    }
    // What is on its way out is not held up.
    if request.operation == .update, object.metadata.deletionTimestamp != nil { return }
    for range in try facts.list(CoreV1.LimitRange.self, namespace: request.namespace) {
      var seen: Set<String> = []
      let texts = problems(range).filter { seen.insert($0).inserted }
      if !texts.isEmpty { throw request.refusal(texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]") }
    }
  }

  static func problems(of spec: CoreV1.PodSpec, _ range: CoreV1.LimitRange) -> [String] {
    var problems: [String] = []
    for item in range.spec.limits {
      switch item.type {
      case "Container":
        for container in spec.containers + spec.initContainers {
          problems += LimitCheck(item, container.resources.requests, container.resources.limits).problems
        }
      case "Pod":
        problems +=
          LimitCheck(item, spec.totalRequests(overhead: false), spec.totalLimits(overhead: false)).problems
      default: break
      }
    }
    return problems
  }

  static func problems(of claim: CoreV1.PersistentVolumeClaim, _ range: CoreV1.LimitRange) -> [String] {
    range.spec.limits.filter { $0.type == "PersistentVolumeClaim" }.flatMap { item in
      LimitCheck(item, claim.spec.resources.requests, [:]).problemsOfRequests
    }
  }
}

/// One item of a limit range against the requests and limits of one container, pod or claim.
private struct LimitCheck {
  let item: CoreV1.LimitRangeItem
  let requests: [String: Quantity]
  let limits: [String: Quantity]

  init(_ item: CoreV1.LimitRangeItem, _ requests: [String: Quantity], _ limits: [String: Quantity]) {
    self.item = item
    self.requests = requests
    self.limits = limits
  }

  private typealias Bounds = [(name: String, bound: Quantity)]
  private func sorted(_ bounds: [String: Quantity]) -> Bounds {
    bounds.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  var problems: [String] {
    sorted(item.min).compactMap { minimum($0.name, $0.bound) }
      + sorted(item.max).compactMap { maximum($0.name, $0.bound) }
      + sorted(item.maxLimitRequestRatio).compactMap { ratio($0.name, $0.bound) }
  }

  /// For claims, which have no limits.
  var problemsOfRequests: [String] {
    sorted(item.min).compactMap { minimum($0.name, $0.bound) }
      + sorted(item.max).compactMap { maximumOfRequest($0.name, $0.bound) }
  }

  private func minimum(_ name: String, _ bound: Quantity) -> String? {
    let head = "minimum \(name) usage per \(item.type) is \(bound.canonical)"
    guard let request = requests[name] else { return "\(head).  No request is specified" }
    if request < bound { return "\(head), but request is \(request.canonical)" }
    if let limit = limits[name], limit < bound { return "\(head), but limit is \(limit.canonical)" }
    return nil
  }

  private func maximum(_ name: String, _ bound: Quantity) -> String? {
    let head = "maximum \(name) usage per \(item.type) is \(bound.canonical)"
    guard let limit = limits[name] else { return "\(head).  No limit is specified" }
    if limit > bound { return "\(head), but limit is \(limit.canonical)" }
    if let request = requests[name], request > bound { return "\(head), but request is \(request.canonical)" }
    return nil
  }

  private func maximumOfRequest(_ name: String, _ bound: Quantity) -> String? {
    let head = "maximum \(name) usage per \(item.type) is \(bound.canonical)"
    guard let request = requests[name] else { return "\(head).  No request is specified" }
    return request > bound ? "\(head), but request is \(request.canonical)" : nil
  }

  private func ratio(_ name: String, _ bound: Quantity) -> String? {
    let head = "\(name) max limit to request ratio per \(item.type) is \(bound.canonical)"
    guard let request = requests[name], !request.isZero else {
      return "\(head), but no request is specified or request is 0"
    }
    guard let limit = limits[name], !limit.isZero else { return "\(head), but no limit is specified or limit is 0" }
    let observed = Double(limit.milliValue) / Double(request.milliValue)
    guard observed * 1000 > Double(bound.milliValue) else { return nil }
    return "\(head), but provided ratio is \(LimitRangeKind.sixDigits(observed))"
  }
}
