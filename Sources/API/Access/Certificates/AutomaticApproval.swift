package import KubernetesAPI

/// Which requests for certificates are approved without anybody looking at them.
///
/// A request of the right form is approved if its author may `create` a subresource of `certificatesigningrequests` that
/// stands for the right to it, so that an operator decides by bindings:
///
/// | subresource | what is approved | by default for |
/// |---|---|---|
/// | `nodeclient` | a node's client certificate | who comes with a bootstrap token |
/// | `selfnodeclient` | the same, asked for by that node | nodes |
/// | `selfnodeserver` | a node's server certificate, asked for by that node, under names that can only be its own | nodes |
/// | `nodeproxyclient` | the service proxy's client certificate | nodes |
///
/// The first two are Kubernetes', less one thing: a bootstrap token gets no certificate of a node that exists already or
/// that the cluster's file names. Kubernetes approves no server certificates, since nobody can tell whether a name is
/// the node's; ours are approved under the names of `ServingNames`, which can do no harm: no front-end's, no other
/// machine's, none of the cluster's own ranges.
package enum AutomaticApproval {
  /// What a request is, and so what to ask the authoriser about its author.
  package struct Check: Sendable, Hashable {
    package var subresource: String
    /// What the approval says.
    package var message: String

    package init(subresource: String, message: String) {
      self.subresource = subresource
      self.message = message
    }

    /// The question, as a SubjectAccessReview asks it.
    package func review(
      of spec: CertificatesV1.CertificateSigningRequestSpec
    ) -> AuthorizationV1.SubjectAccessReviewSpec {
      AuthorizationV1.SubjectAccessReviewSpec(
        resourceAttributes: AuthorizationV1.ResourceAttributes(
          verb: "create", group: "certificates.k8s.io", version: "*", resource: "certificatesigningrequests",
          subresource: subresource),
        user: spec.username, groups: spec.groups, extra: spec.extra, uid: spec.uid)
    }
  }

  package enum Verdict: Sendable, Hashable {
    /// Approved if the author may one of these.
    case ask([Check])
    /// It looks like one that is approved by itself, but for this: somebody has to decide.
    case left(because: String)
    /// Not of a kind that is approved by itself.
    case notOurs
  }

  /// The one user of all service proxies.
  package static let proxyUser = "system:kube-proxy"

  package static func verdict(
    signer: CertificateSigner, _ request: RequestedCertificate, author: String, cluster: ClusterNames
  ) -> Verdict {
    guard signer.problem(with: request) == nil else { return .notOurs }
    // Before any name is compared: who checks certificates compares more loosely (by any case, with wildcards).
    if signer != .client, let node = request.node, !isNodeName(node) {
      return .left(because: "“\(node)” is no name for a node")
    }
    switch signer {
    case .kubeletClient:
      guard let node = request.node else { return .notOurs }
      let own = Check(
        subresource: "selfnodeclient",
        message: "Auto approving self kubelet client certificate after SubjectAccessReview.")
      if author == request.commonName { return .ask([own]) }
      if cluster.nodes.contains(node) {
        return .left(because: "there is a node \(node) already, and it is not the one who asks")
      }
      if cluster.hosts.keys.contains(node) {
        return .left(because: "\(node) is the name of a host in the cluster's file")
      }
      return .ask([
        Check(
          subresource: "nodeclient", message: "Auto approving kubelet client certificate after SubjectAccessReview.")
      ])
    case .kubeletServing:
      guard let node = request.node, author == request.commonName else { return .notOurs }
      if let problem = cluster.problem(withNames: request.dnsNames, addresses: request.addresses, of: node) {
        return .left(because: problem)
      }
      return .ask([
        Check(
          subresource: "selfnodeserver",
          message: "Auto approving self kubelet server certificate after SubjectAccessReview.")
      ])
    case .client:
      guard request.commonName == proxyUser, request.organizations.isEmpty, !request.hasAlternativeNames else {
        return .notOurs
      }
      return .ask([
        Check(
          subresource: "nodeproxyclient",
          message: "Auto approving a service proxy's client certificate after SubjectAccessReview.")
      ])
    }
  }

  /// Whether a Node may have that name: labels of a-z, 0-9 and "-" between dots.
  private static func isNodeName(_ name: String) -> Bool {
    func isLetterOrDigit(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
    return name.utf8.count <= 253
      && labels.allSatisfy { label in
        guard let first = label.first, let last = label.last else { return false }
        return isLetterOrDigit(first) && isLetterOrDigit(last)
          && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
      }
  }
}

/// The names and addresses of a cluster that are somebody's: what a new machine must not come by.
package struct ClusterNames: Sendable {
  /// The hosts of the cluster's file, and their addresses: front-ends among them.
  package var hosts: [String: String]
  /// The registered nodes.
  package var nodes: Set<String>
  /// Which nodes say that an address is theirs.
  package var nodesByAddress: [String: Set<String>]
  /// Whether an address is nobody's own: a loopback one, or of the cluster's services or pods.
  package var isReserved: @Sendable (String) -> Bool

  package init(
    hosts: [String: String] = [:], nodes: Set<String> = [], nodesByAddress: [String: Set<String>] = [:],
    isReserved: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    self.hosts = hosts
    self.nodes = nodes
    self.nodesByAddress = nodesByAddress
    self.isReserved = isReserved
  }

  /// Why names and addresses are not this node's own without a doubt; nil: they are.
  ///
  /// What trusts the cluster's authority and dials: clients of the API (by a front-end's address, the service's, a
  /// loopback one of the balancer, or a name below `kubernetes`), and front-ends that reach kubelets, by the address
  /// that the node itself tells. So a node may have its own name, and any address that is nobody else's.
  package func problem(withNames names: [String], addresses: [String], of node: String) -> String? {
    for name in names {
      guard name == node else { return "the name \(name) is not the node's" }
      guard !Self.isService(name) else { return "\(name) is a name of the API or of a service" }
    }
    for address in addresses {
      guard !isReserved(address) else { return "\(address) is an address of no machine, or of each" }
      if let host = hosts.first(where: { $0.value == address && $0.key != node })?.key {
        return "\(address) is the address of \(host), a host in the cluster's file"
      }
      if let other = (nodesByAddress[address] ?? []).sorted().first(where: { $0 != node }) {
        return "\(address) is the address of the node \(other)"
      }
    }
    return nil
  }

  /// `localhost`, `kubernetes` and what lies below it, `NAME.NAMESPACE.svc` with and without the cluster's domain.
  private static func isService(_ name: String) -> Bool {
    name == "localhost" || name == "kubernetes" || name.hasPrefix("kubernetes.")
      || name.split(separator: ".").dropFirst(2).first == "svc"
  }
}
