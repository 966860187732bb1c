package import JSONDocument

/// What a service account's token says.
package struct ServiceAccountClaims: Sendable, Hashable {
  /// An object by name and UID.
  package struct Reference: Sendable, Hashable {
    package var name: String
    package var uid: String

    package init(name: String, uid: String) {
      self.name = name
      self.uid = uid
    }
  }

  package var issuer: String
  package var audiences: [String]
  /// Seconds since 1970, all of them.
  package var issuedAt: Int64
  package var notBefore: Int64
  package var expires: Int64
  /// The token's own id.
  package var id: String
  package var namespace: String
  package var account: Reference
  /// What the token lives and dies with; at most one of pod and secret. The node of a pod is noted beside it.
  package var pod: Reference?
  package var secret: Reference?
  package var node: Reference?
  /// When its user should have got a new one, if the token was given a longer life than was asked for.
  package var warnAfter: Int64?

  package init(
    issuer: String, audiences: [String], issuedAt: Int64, expires: Int64, id: String, namespace: String,
    account: Reference, pod: Reference? = nil, secret: Reference? = nil, node: Reference? = nil,
    warnAfter: Int64? = nil
  ) {
    self.issuer = issuer
    self.audiences = audiences
    self.issuedAt = issuedAt
    notBefore = issuedAt
    self.expires = expires
    self.id = id
    self.namespace = namespace
    self.account = account
    self.pod = pod
    self.secret = secret
    self.node = node
    self.warnAfter = warnAfter
  }

  // MARK: As JSON

  package var json: JSONValue {
    func reference(_ value: Reference) -> JSONValue { ["name": .string(value.name), "uid": .string(value.uid)] }
    var own: JSONObject = ["namespace": .string(namespace)]
    if let node { own["node"] = reference(node) }
    if let pod { own["pod"] = reference(pod) }
    if let secret { own["secret"] = reference(secret) }
    own["serviceaccount"] = reference(account)
    if let warnAfter { own["warnafter"] = .int(warnAfter) }
    return [
      "aud": .array(audiences.map { .string($0) }), "exp": .int(expires), "iat": .int(issuedAt), "iss": .string(issuer),
      "jti": .string(id), "kubernetes.io": .object(own), "nbf": .int(notBefore),
      "sub": .string(ServiceAccountName(namespace: namespace, name: account.name).userName),
    ]
  }

  /// From a token's claims; nil where something is missing that such a token has to have.
  package init?(json: JSONValue) {
    func seconds(_ value: JSONValue?) -> Int64? {
      // A date may have a fraction (RFC 7519 §2).
      if let whole = value?.intValue { return whole }
      return value?.doubleValue.flatMap { Int64(exactly: $0.rounded(.down)) }
    }
    func reference(_ value: JSONValue?) -> Reference?? {
      guard let value else { return .some(nil) }
      guard let name = value["name"]?.stringValue, !name.isEmpty, let uid = value["uid"]?.stringValue, !uid.isEmpty
      else { return nil }
      return Reference(name: name, uid: uid)
    }
    guard let own = json["kubernetes.io"], let issuer = json["iss"]?.stringValue, let expires = seconds(json["exp"]),
      let namespace = own["namespace"]?.stringValue, !namespace.isEmpty,
      let account = reference(own["serviceaccount"]) ?? nil, let pod = reference(own["pod"]),
      let secret = reference(own["secret"]), let node = reference(own["node"])
    else { return nil }
    switch json["aud"] {
    case .string(let one)?: audiences = [one]
    case .array(let many)?:
      audiences = many.compactMap(\.stringValue)
      guard audiences.count == many.count else { return nil }
    default: return nil
    }
    self.issuer = issuer
    self.expires = expires
    issuedAt = seconds(json["iat"]) ?? 0
    notBefore = seconds(json["nbf"]) ?? 0
    id = json["jti"]?.stringValue ?? ""
    self.namespace = namespace
    self.account = account
    self.pod = pod
    self.secret = secret
    self.node = node
    warnAfter = seconds(own["warnafter"])
    // The subject must not say anybody else than the claims that are checked.
    guard json["sub"]?.stringValue == ServiceAccountName(namespace: namespace, name: account.name).userName else {
      return nil
    }
  }

  // MARK: Checking

  /// One of the objects that have to exist for the token to be good.
  package enum Dependency: Sendable, Hashable {
    case serviceAccount(ObjectPlace)
    case pod(ObjectPlace)
    case secret(ObjectPlace)
    case node(String)
  }

  /// What the caller knows of such an object.
  package struct Existing: Sendable, Hashable {
    package var uid: String
    /// When it was asked to go, in seconds since 1970; nil: it stays.
    package var deletedAt: Int64?

    package init(uid: String, deletedAt: Int64? = nil) {
      self.uid = uid
      self.deletedAt = deletedAt
    }

    /// Whether it stands for its tokens, by its age: once it is being deleted it does for the leeway.
    /// - Parameter now: seconds since 1970.
    package func vouches(at now: Int64) -> Bool { deletedAt.map { $0 + ServiceAccountClaims.leeway >= now } ?? true }
  }

  /// Why a token is refused. The texts are for logs and for TokenReviews.
  package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }
  }

  /// Clocks may be so far apart, in seconds; and an object that is being deleted vouches for its tokens so much longer.
  package static let leeway: Int64 = 60

  /// The objects to look up, each with the UID that it has to have.
  package var dependencies: [(Dependency, uid: String)] {
    var result: [(Dependency, uid: String)] = [
      (.serviceAccount(ObjectPlace(namespace: namespace, name: account.name)), account.uid)
    ]
    if let secret { result.append((.secret(ObjectPlace(namespace: namespace, name: secret.name)), secret.uid)) }
    if let pod { result.append((.pod(ObjectPlace(namespace: namespace, name: pod.name)), pod.uid)) }
    // With a pod, the node only says where the pod ran; alone it is what the token is bound to.
    if let node, pod == nil { result.append((.node(node.name), node.uid)) }
    return result
  }

  /// Who comes with a token of these claims, whose signature has been found good.
  ///
  /// - Parameters:
  ///   - issuers: whose tokens are taken.
  ///   - audiences: the token has to be for one of them.
  ///   - now: seconds since 1970.
  ///   - find: the object as it is; nil if there is none.
  /// - Returns: the user, and the audiences that fit.
  package func user(
    issuers: [String], audiences wanted: [String], now: Int64, find: (Dependency) -> Existing?
  ) throws(Refusal) -> (user: UserInfo, audiences: [String]) {
    let fitting = try fitting(issuers: issuers, audiences: wanted, now: now, find: find)
    return (user, fitting)
  }

  /// The same for whoever knows already whom the claims name: the audiences that fit.
  package func fitting(
    issuers: [String], audiences wanted: [String], now: Int64, find: (Dependency) -> Existing?
  ) throws(Refusal) -> [String] {
    let fitting = try fitting(issuers: issuers, audiences: wanted, now: now)
    for (dependency, uid) in dependencies {
      guard let found = find(dependency), found.uid == uid else {
        throw Refusal(
          "service account token has been invalidated: \(Self.name(dependency)) is not what it was issued for")
      }
      guard found.vouches(at: now) else {
        throw Refusal("service account token has been invalidated: \(Self.name(dependency)) is being deleted")
      }
    }
    return fitting
  }

  /// The audiences that fit, as far as that does not depend on objects: what is refused here no look at them can save.
  package func fitting(
    issuers: [String], audiences wanted: [String], now: Int64
  ) throws(Refusal) -> [String] {
    guard issuers.contains(issuer) else { throw Refusal("service account token is not of this cluster's issuer") }
    let fitting = wanted.filter(audiences.contains)
    guard !fitting.isEmpty else {
      throw Refusal("token audiences \(Self.list(audiences)) is invalid for the target audiences \(Self.list(wanted))")
    }
    guard now - Self.leeway <= expires else {
      throw Refusal("service account token has expired")
    }
    guard notBefore <= now + Self.leeway, issuedAt <= now + Self.leeway else {
      throw Refusal("service account token is not valid yet")
    }
    return fitting
  }

  /// The user of these claims.
  package var user: UserInfo {
    let name = ServiceAccountName(namespace: namespace, name: account.name)
    var extra: [String: [String]] = [:]
    if !id.isEmpty { extra["authentication.kubernetes.io/credential-id"] = ["JTI=\(id)"] }
    if let pod {
      extra["authentication.kubernetes.io/pod-name"] = [pod.name]
      extra["authentication.kubernetes.io/pod-uid"] = [pod.uid]
    }
    if let node {
      extra["authentication.kubernetes.io/node-name"] = [node.name]
      extra["authentication.kubernetes.io/node-uid"] = [node.uid]
    }
    return .authenticated(name: name.userName, uid: account.uid, groups: name.groups, extra: extra)
  }

  private static func list(_ texts: [String]) -> String {
    "[\(texts.map { Denial.quoted($0) }.joined(separator: " "))]"
  }

  private static func name(_ dependency: Dependency) -> String {
    switch dependency {
    case .serviceAccount(let place): "service account \(place.namespace)/\(place.name)"
    case .pod(let place): "pod \(place.namespace)/\(place.name)"
    case .secret(let place): "secret \(place.namespace)/\(place.name)"
    case .node(let name): "node \(name)"
    }
  }
}
