/// Where the certificates of a cluster lie, as `apus certs init` writes them and the processes read them.
///
/// `DIR/authorities` stays on the machine that issues; `DIR/hosts/NAME` is all that the host NAME needs.
package struct CertificateFolder: Hashable, Sendable {
  package var path: String

  package init(path: String) { self.path = path }

  /// The separate authorities: a certificate of one opens nothing that trusts another.
  package enum Authority: String, Hashable, Sendable, CaseIterable {
    case storePeer = "store-peer"
    case storeClient = "store-client"
    case cluster
    case frontProxy = "front-proxy"
  }

  /// A certificate and its key, PEM files beside each other.
  package struct Pair: Hashable, Sendable {
    package var certificate: String
    package var key: String

    package init(_ stem: String) {
      certificate = "\(stem).crt"
      key = "\(stem).key"
    }
  }

  package func authority(_ authority: Authority) -> Pair { Pair("\(path)/authorities/\(authority.rawValue)") }

  package func host(_ name: String) -> HostCertificates { HostCertificates(path: "\(path)/hosts/\(name)") }

  /// The private key that service accounts' tokens are signed with: one for the whole cluster.
  package var serviceAccountKey: String { "\(path)/authorities/service-account.key" }

  package var admin: Pair { Pair("\(path)/admin/client") }
  package var adminStoreClient: Pair { Pair("\(path)/admin/store-client") }
  package var adminKubeconfig: String { "\(path)/admin/kubeconfig" }
  package func adminTrust(_ authority: Authority) -> String { "\(path)/admin/\(authority.rawValue)-ca.crt" }
}

/// The files of one host: trust anchors, and a folder a role.
package struct HostCertificates: Hashable, Sendable {
  package var path: String

  package init(path: String) { self.path = path }

  package func trust(_ authority: CertificateFolder.Authority) -> String { "\(path)/trust/\(authority.rawValue).crt" }

  package var storePeer: CertificateFolder.Pair { .init("\(path)/store/peer") }
  package var storeServer: CertificateFolder.Pair { .init("\(path)/store/server") }
  package var apiserver: CertificateFolder.Pair { .init("\(path)/apiserver/server") }
  package var apiserverStoreClient: CertificateFolder.Pair { .init("\(path)/apiserver/store-client") }
  package var apiserverKubeletClient: CertificateFolder.Pair { .init("\(path)/apiserver/kubelet-client") }
  /// The front-end's copy of the key that service accounts' tokens are signed with.
  package var serviceAccountKey: String { "\(path)/apiserver/service-account.key" }
  package var kubeletServer: CertificateFolder.Pair { .init("\(path)/kubelet/server") }
  /// The key of the cluster's authority (its certificate is ``trust(_:)``), on hosts that run the controller manager:
  /// it signs what others ask for by CertificateSigningRequests.
  package var clusterSigningKey: String { "\(path)/controller-manager/cluster-ca.key" }
  /// The controller manager's copy of the key of service accounts' tokens: it makes those that lie in secrets.
  package var controllerServiceAccountKey: String { "\(path)/controller-manager/service-account.key" }

  /// The client certificate of a role that talks to the API: controller manager, scheduler, kubelet, proxy.
  package func client(_ role: ClusterConfig.Role) -> CertificateFolder.Pair { .init("\(path)/\(role.rawValue)/client") }

  package func kubeconfig(_ role: ClusterConfig.Role) -> String { "\(path)/\(role.rawValue)/kubeconfig" }
}
