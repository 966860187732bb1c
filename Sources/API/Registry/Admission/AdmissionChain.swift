import Access
import KubernetesAPI
import Synchronization

// Admission: what is decided about a write beyond the kind's own rules, with a look at other objects. A folder of
// plug-ins, one a file, each a pure decision over what is asked for, the object, the one it replaces, and what the
// caches say. docs/design/admission.md tells when the chain is asked.

/// What a request would do, as plug-ins see it.
struct AdmissionRequest: Sendable {
  enum Operation: Sendable, Equatable { case create, update, delete }

  var operation: Operation
  /// The resource under which the client addressed the object.
  var resource: GroupResource
  /// "" for the object as a whole.
  var subresource = ""
  var namespace: String
  /// For refusals. A name that is still to be chosen is told by what it will begin with.
  var name: String
  var user: UserInfo

  init(_ operation: Operation, _ target: Target, subresource: String = "", user: UserInfo) {
    self.operation = operation
    resource = target.resource.groupResource
    self.subresource = subresource
    namespace = target.namespace
    name = target.name
    self.user = user
  }

  /// `RESOURCE "NAME" is forbidden: REASON`.
  func refusal(_ reason: String) -> AdmissionRefusal {
    AdmissionRefusal(.forbidden(resource, name: name, because: reason))
  }
}

/// Why something is not admitted.
struct AdmissionRefusal: Error, Sendable {
  var error: APIError
  /// Something is missing that others are about to make: worth waiting for.
  var maySoonPass = false

  init(_ error: APIError) { self.error = error }
}

/// What plug-ins may know of other objects. It lags behind the store as the caches do.
protocol AdmissionFacts: Sendable {
  /// - Throws: when what is stored cannot be read.
  func object<T: KubernetesObject>(_ type: T.Type, namespace: String, name: String) throws(APIError) -> T?
  /// In order of the names; namespace "": all.
  func objects<T: KubernetesObject>(_ type: T.Type, namespace: String) throws(APIError) -> [T]
  /// An object's labels alone; nil: there is no such object.
  func labels<T: KubernetesObject>(of type: T.Type, namespace: String, name: String) -> [String: String]?
  /// Five letters and digits for a name.
  func suffix() -> String
}

/// Fills in or changes what a client left open.
protocol MutatingPlugin: Sendable {
  associatedtype Object: KubernetesObject
  /// - Parameter old: what it replaces; nil for a create.
  func admit(
    _ object: inout Object, old: Object?, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal)
}

/// Refuses, or warns.
protocol ValidatingPlugin: Sendable {
  /// The kinds of all objects that it looks at: it is not asked of others.
  var kinds: [any KubernetesObject.Type] { get }

  /// - Parameters:
  ///   - object: as it is to be stored; for a delete, as it is.
  ///   - old: what it replaces; nil for creates and deletes.
  ///   - warnings: texts for the client.
  func validate(
    _ object: any KubernetesObject, old: (any KubernetesObject)?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts, warnings: inout [String]
  ) throws(AdmissionRefusal)
}

/// The plug-ins in the order that Kubernetes documents. All that change run before the kind's own rules, all that check
/// after them. Not among them: namespaces' lives (`NamespaceGuard`, which the store compares as well), and what roles
/// and certificates ask for (`RoleRestriction`, `CertificateRestriction`). Webhooks will stand at the end of either
/// list, before the quotas, which are charged last of all and with the write itself (`QuotaCharge`).
struct AdmissionChain: Sendable {
  // By the kinds that they look at: most objects are of none.
  private let changing: [ObjectIdentifier: [any MutatingPlugin]]
  private let checking: [ObjectIdentifier: [any ValidatingPlugin]]
  let facts: any AdmissionFacts
  /// Nil: quotas are not looked at.
  let quotas: QuotaBook?
  private let own = OwnWrites()

  /// Kubernetes' names of the plug-ins that may be left out.
  static let names = [
    "LimitRanger", "ServiceAccount", "NodeRestriction", "TaintNodesByCondition", "PodSecurity", "Priority",
    "DefaultTolerationSeconds", "DefaultStorageClass", "StorageObjectInUseProtection", "PersistentVolumeClaimResize",
    "RuntimeClass", "DefaultIngressClass", "ResourceQuota",
  ]

  /// - Parameter without: names of plug-ins that are left out.
  init(_ facts: any AdmissionFacts, quotas: QuotaBook?, mountsTokens: Bool = true, without: Set<String> = []) {
    self.facts = facts
    self.quotas = without.contains("ResourceQuota") ? nil : quotas
    let changers: [(String, any MutatingPlugin)] = [
      ("LimitRanger", LimitRanger()), ("ServiceAccount", ServiceAccountAdmission(mountsTokens: mountsTokens)),
      ("TaintNodesByCondition", TaintNodesByCondition()), ("Priority", PriorityAdmission()),
      ("DefaultTolerationSeconds", DefaultTolerationSeconds()), ("DefaultStorageClass", DefaultStorageClass()),
      ("StorageObjectInUseProtection", ClaimProtection()), ("StorageObjectInUseProtection", VolumeProtection()),
      ("RuntimeClass", RuntimeClassAdmission()), ("DefaultIngressClass", DefaultIngressClass()),
    ]
    let checkers: [(String, any ValidatingPlugin)] = [
      ("LimitRanger", LimitRanger()), ("ServiceAccount", ServiceAccountAdmission()),
      ("NodeRestriction", NodeRestriction()), ("PodSecurity", PodSecurityAdmission()),
      ("Priority", PriorityClassAdmission()), ("PersistentVolumeClaimResize", ClaimResize()),
      ("RuntimeClass", RuntimeClassAdmission()),
    ]
    func kind<P: MutatingPlugin>(_ plugin: P) -> ObjectIdentifier { ObjectIdentifier(P.Object.self) }
    var changing: [ObjectIdentifier: [any MutatingPlugin]] = [:]
    for (name, plugin) in changers where !without.contains(name) {
      changing[kind(plugin), default: []].append(plugin)
    }
    var checking: [ObjectIdentifier: [any ValidatingPlugin]] = [:]
    for (name, plugin) in checkers where !without.contains(name) {
      for type in plugin.kinds { checking[ObjectIdentifier(type), default: []].append(plugin) }
    }
    self.changing = changing
    self.checking = checking
  }

  // MARK: This front-end's own writes

  /// The revision that the caches have to have reached for decisions: whoever makes a quota and then what it counts,
  /// through one front-end, finds it counted.
  var neededRevision: Int64 { own.revision.load(ordering: .acquiring) }

  /// Something was written by a client of this front-end.
  func note<T: KubernetesObject>(_ type: T.Type, revision: Int64) {
    guard OwnWrites.kinds.contains(T.resource.plural) else { return }
    own.revision.max(revision, ordering: .acquiringAndReleasing)
  }

  // MARK: Asking

  /// Whether there is anybody who may change objects of a kind.
  func mayChange<T: KubernetesObject>(_ type: T.Type) -> Bool { changing[ObjectIdentifier(type)] != nil }

  /// Whether there is anybody who checks objects of a kind.
  func checks<T: KubernetesObject>(_ type: T.Type) -> Bool { checking[ObjectIdentifier(type)] != nil }

  func admit<T: KubernetesObject>(
    _ object: inout T, old: T?, _ request: AdmissionRequest
  ) throws(AdmissionRefusal) {
    for plugin in changing[ObjectIdentifier(T.self)] ?? [] { try admit(plugin, &object, old: old, request) }
  }

  private func admit<P: MutatingPlugin, T: KubernetesObject>(
    _ plugin: P, _ object: inout T, old: T?, _ request: AdmissionRequest
  ) throws(AdmissionRefusal) {
    guard P.Object.self == T.self, var changed = object as? P.Object else { return }
    try plugin.admit(&changed, old: old as? P.Object, request, facts)
    if let changed = changed as? T { object = changed }
  }

  /// Returns the warnings.
  func validate<T: KubernetesObject>(
    _ object: T, old: T?, _ request: AdmissionRequest
  ) throws(APIError) -> [String] {
    var warnings: [String] = []
    for plugin in checking[ObjectIdentifier(T.self)] ?? [] {
      do {
        try plugin.validate(object, old: old, request, facts, warnings: &warnings)
      } catch {
        throw error.error
      }
    }
    return warnings
  }
}

/// The last write of a kind that plug-ins look at.
private final class OwnWrites: Sendable {
  static let kinds: Set<String> = [
    "namespaces", "nodes", "serviceaccounts", "priorityclasses", "limitranges", "resourcequotas", "storageclasses",
    "ingressclasses", "runtimeclasses",
  ]
  let revision = Atomic<Int64>(0)
}

extension APIError {
  /// Refuses because something that decides cannot be read.
  var asRefusal: AdmissionRefusal { AdmissionRefusal(self) }
}

extension AdmissionFacts {
  /// As `object`, for plug-ins.
  func find<T: KubernetesObject>(
    _ type: T.Type = T.self, namespace: String = "", name: String
  ) throws(AdmissionRefusal) -> T? {
    do { return try object(type, namespace: namespace, name: name) } catch { throw error.asRefusal }
  }

  /// As `objects`, for plug-ins.
  func list<T: KubernetesObject>(
    _ type: T.Type = T.self, namespace: String = ""
  ) throws(AdmissionRefusal) -> [T] {
    do { return try objects(type, namespace: namespace) } catch { throw error.asRefusal }
  }
}
