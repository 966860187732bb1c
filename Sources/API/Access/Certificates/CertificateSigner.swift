/// What a request for a certificate asks for, as read from its PKCS #10 by whoever can.
package struct RequestedCertificate: Sendable, Hashable {
  package var commonName: String
  package var organizations: [String]
  package var dnsNames: [String]
  /// IPv4 addresses with dots, IPv6 ones as eight groups.
  package var addresses: [String]
  package var emailAddresses: [String]
  package var uris: [String]
  /// What it is to be used for, by the API's names: `spec.usages`.
  package var usages: [String]

  package init(
    commonName: String = "", organizations: [String] = [], dnsNames: [String] = [], addresses: [String] = [],
    emailAddresses: [String] = [], uris: [String] = [], usages: [String] = []
  ) {
    self.commonName = commonName
    self.organizations = organizations
    self.dnsNames = dnsNames
    self.addresses = addresses
    self.emailAddresses = emailAddresses
    self.uris = uris
    self.usages = usages
  }

  var hasAlternativeNames: Bool {
    !dnsNames.isEmpty || !addresses.isEmpty || !emailAddresses.isEmpty || !uris.isEmpty
  }
}

/// The signers that Kubernetes documents for certificates of the cluster's own authority ("Kubernetes signers"), and
/// what each will sign.
package enum CertificateSigner: String, Sendable, CaseIterable {
  /// Clients of the API.
  case client = "kubernetes.io/kube-apiserver-client"
  /// Kubelets as clients of the API.
  case kubeletClient = "kubernetes.io/kube-apiserver-client-kubelet"
  /// Kubelets as servers.
  case kubeletServing = "kubernetes.io/kubelet-serving"

  /// Why the signer does not sign a request, whoever has approved it; nil: it does.
  package func problem(with request: RequestedCertificate) -> String? {
    switch self {
    case .client: Self.clientProblem(request)
    case .kubeletClient: Self.kubeletProblem(request, "client auth") ?? Self.kubeletClientProblem(request)
    case .kubeletServing: Self.kubeletProblem(request, "server auth") ?? Self.kubeletServingProblem(request)
    }
  }

  /// Whatever subject: that is the approvers' to judge. Nobody becomes a master of the cluster this way, though.
  private static func clientProblem(_ request: RequestedCertificate) -> String? {
    guard request.usages.contains("client auth") else { return "the usages must include client auth" }
    let allowed = ["client auth", "digital signature", "key encipherment"]
    if let other = request.usages.first(where: { !allowed.contains($0) }) { return "the usage \(other) is not signed" }
    if request.organizations.contains(UserInfo.mastersGroup) {
      return "use of \(CertificateSigner.client.rawValue) signer with \(UserInfo.mastersGroup) group is not allowed"
    }
    return nil
  }

  private static func kubeletProblem(_ request: RequestedCertificate, _ purpose: String) -> String? {
    guard request.organizations == [UserInfo.nodesGroup] else {
      return "the subject's organization is not system:nodes"
    }
    guard request.node != nil else { return "the subject's common name does not begin with system:node: and name one" }
    let usages = Set(request.usages)
    let needed: Set<String> = ["digital signature", purpose]
    // RSA keys encipher; those over curves cannot.
    guard usages == needed || usages == needed.union(["key encipherment"]) else {
      return "the usages are not digital signature, \(purpose) and, where wanted, key encipherment"
    }
    if !request.emailAddresses.isEmpty { return "Email subjectAltNames are not allowed" }
    if !request.uris.isEmpty { return "URI subjectAltNames are not allowed" }
    return nil
  }

  private static func kubeletClientProblem(_ request: RequestedCertificate) -> String? {
    if !request.dnsNames.isEmpty { return "DNS subjectAltNames are not allowed" }
    if !request.addresses.isEmpty { return "IP subjectAltNames are not allowed" }
    return nil
  }

  private static func kubeletServingProblem(_ request: RequestedCertificate) -> String? {
    request.dnsNames.isEmpty && request.addresses.isEmpty ? "DNS or IP subjectAltName is required" : nil
  }

  /// How long a certificate is to hold, in seconds.
  /// - Parameters:
  ///   - requested: `spec.expirationSeconds`.
  ///   - longest: what the signer gives at most, and where nothing is requested.
  package static func lifetime(requested: Int32?, longest: Int64) -> Int64 {
    guard let requested else { return longest }
    // Ten minutes at least, as Kubernetes has it: certificates begin five minutes before they are made.
    return min(longest, max(600, Int64(requested)))
  }
}

extension RequestedCertificate {
  /// The node that the subject names; nil if it names none.
  package var node: String? {
    guard commonName.hasPrefix(UserInfo.nodePrefix) else { return nil }
    let name = commonName.dropFirst(UserInfo.nodePrefix.count)
    return name.isEmpty ? nil : String(name)
  }
}
