package import KubernetesAPI

/// What a TokenRequest leads to: the checks, and the claims of the token that it is answered with.
package struct TokenIssuance: Sendable {
  package static let shortest: Int64 = 600
  package static let longest: Int64 = 1 << 32
  package static let defaultLifetime: Int64 = 3600
  /// What kubelets ask for: such a token for the API itself is made good for a year, with a time to warn after, for
  /// clients that read theirs only once.
  package static let projectedLifetime: Int64 = 3607
  package static let extendedLifetime: Int64 = 365 * 86_400

  /// Why a request is refused; the cases say how the API answers.
  package enum Refusal: Error, Hashable, Sendable {
    /// 422 with the field, its value and what is wrong.
    case invalid(field: String, value: String, text: String)
    /// 400.
    case badRequest(String)
    /// 404 of the resource and name.
    case notFound(resource: String, name: String)
    /// 409 of the kind and name.
    case conflict(kind: String, name: String, text: String)
  }

  /// The object that a request binds its token to, as it is stored.
  package enum Bound: Sendable {
    /// With the pod's node as it is stored, if there is one of that name.
    case pod(CoreV1.Pod, node: CoreV1.Node?)
    case secret(CoreV1.Secret)
    case node(CoreV1.Node)
  }

  package var issuer: String
  /// The API's own audiences, which a request without any gets.
  package var audiences: [String]
  /// No token lives longer, in seconds; nil: no limit but `longest`.
  package var lifetimeLimit: Int64?
  package var extendsProjected: Bool

  package init(issuer: String, audiences: [String]? = nil, lifetimeLimit: Int64? = nil, extendsProjected: Bool = true) {
    self.issuer = issuer
    self.audiences = audiences ?? [issuer]
    self.lifetimeLimit = lifetimeLimit
    self.extendsProjected = extendsProjected
  }

  /// The request with its defaults, once it is found to be valid. To be called first: it says what `boundObjectRef`
  /// to look up.
  package func completed(
    _ request: AuthenticationV1.TokenRequest
  ) throws(Refusal) -> AuthenticationV1.TokenRequest {
    var request = request
    let lifetime = request.spec.expirationSeconds ?? Self.defaultLifetime
    if lifetime < Self.shortest {
      throw .invalid(
        field: "spec.expirationSeconds", value: "\(lifetime)",
        text: "may not specify a duration less than 10 minutes")
    }
    if lifetime > Self.longest {
      throw .invalid(
        field: "spec.expirationSeconds", value: "\(lifetime)",
        text: "may not specify a duration larger than 2^32 seconds")
    }
    request.spec.expirationSeconds = min(lifetime, lifetimeLimit ?? lifetime)
    if request.spec.audiences.isEmpty { request.spec.audiences = audiences }
    if let reference = request.spec.boundObjectRef {
      guard ["Pod", "Secret", "Node"].contains(reference.kind), reference.apiVersion == "v1" else {
        throw .badRequest("cannot bind token to object of type \(Self.kindText(reference))")
      }
    }
    return request
  }

  private static func kindText(_ reference: AuthenticationV1.BoundObjectReference) -> String {
    let parts = reference.apiVersion.split(separator: "/", maxSplits: 1)
    let (group, version) = parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", reference.apiVersion)
    return "\(group)/\(version), Kind=\(reference.kind)"
  }

  /// The claims of the token, and the request with its status but for the token itself.
  ///
  /// - Parameters:
  ///   - request: from `completed`.
  ///   - bound: what `boundObjectRef` names; nil if the request names nothing, or nothing is there.
  ///   - id: a fresh random UUID.
  ///   - now: seconds since 1970.
  package func claims(
    for request: AuthenticationV1.TokenRequest, account: CoreV1.ServiceAccount, bound: Bound?, id: String, now: Int64
  ) throws(Refusal) -> (ServiceAccountClaims, AuthenticationV1.TokenRequest) {
    let lifetime = request.spec.expirationSeconds ?? Self.defaultLifetime
    var claims = ServiceAccountClaims(
      issuer: issuer, audiences: request.spec.audiences, issuedAt: now, expires: now + lifetime, id: id,
      namespace: account.metadata.namespace,
      account: .init(name: account.metadata.name, uid: account.metadata.uid))
    if let reference = request.spec.boundObjectRef {
      let found = try metadata(bound, reference)
      if !reference.uid.isEmpty, reference.uid != found.uid {
        throw .conflict(
          kind: reference.kind, name: reference.name,
          text: "the UID in the bound object reference (\(reference.uid)) does not match the UID in record. The object "
            + "might have been deleted and then recreated")
      }
      switch bound {
      case .pod(let pod, let node):
        guard pod.spec.serviceAccountName == account.metadata.name else {
          throw .badRequest(
            "cannot bind token for serviceaccount \(Denial.quoted(account.metadata.name)) to pod running with different "
              + "serviceaccount name.")
        }
        claims.pod = .init(name: found.name, uid: found.uid)
        if !pod.spec.nodeName.isEmpty {
          // A node that is gone already is noted all the same: the token is bound to the pod.
          if let node { claims.node = .init(name: node.metadata.name, uid: node.metadata.uid) }
        }
      case .secret: claims.secret = .init(name: found.name, uid: found.uid)
      case .node: claims.node = .init(name: found.name, uid: found.uid)
      case nil: break
      }
    }
    if extendsProjected, claims.pod != nil, lifetime == Self.projectedLifetime,
      request.spec.audiences.allSatisfy(audiences.contains)
    {
      claims.warnAfter = now + lifetime
      claims.expires = now + min(Self.extendedLifetime, lifetimeLimit ?? Self.extendedLifetime)
    }
    var answer = request
    answer.metadata.name = account.metadata.name
    answer.metadata.namespace = account.metadata.namespace
    answer.status.expirationTimestamp = Time(secondsSinceEpoch: now + lifetime)
    return (claims, answer)
  }

  private func metadata(
    _ bound: Bound?, _ reference: AuthenticationV1.BoundObjectReference
  ) throws(Refusal) -> MetaV1.ObjectMeta {
    switch (bound, reference.kind) {
    case (.pod(let pod, _)?, "Pod"): return pod.metadata
    case (.secret(let secret)?, "Secret"): return secret.metadata
    case (.node(let node)?, "Node"): return node.metadata
    default: throw .notFound(resource: "\(reference.kind.lowercased())s", name: reference.name)
    }
  }
}
