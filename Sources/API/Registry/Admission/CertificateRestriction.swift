import Access
import KubernetesAPI

/// What of CertificateSigningRequests is somebody's in particular: approving and signing are rights to the signer
/// itself, beside those to the subresources; and nobody asks to become a master of the cluster.
enum CertificateRestriction {
  typealias Permission = @Sendable (UserInfo, AccessAttributes) -> Bool

  /// - Parameters:
  ///   - permits: nil: nobody looks, as where the registry stands without an authoriser.
  ///   - old: as it is stored: its signer counts, whatever is sent.
  static func check(
    _ verb: SignerRule.Verb, _ permits: Permission?, _ user: UserInfo,
    _ old: CertificatesV1.CertificateSigningRequest, _ target: Target
  ) throws(APIError) {
    guard let permits else { return }
    let signer = old.spec.signerName
    guard !SignerRule.allows(verb, signer: signer, { permits(user, $0) }) else { return }
    throw .forbidden(
      target.groupResource, name: old.metadata.name, because: SignerRule.refusal(verb, signer: signer))
  }

  /// For a new status: whoever changes the certificate or a condition is signing.
  static func checkStatus(
    _ permits: Permission?, _ user: UserInfo, old: some KubernetesObject, new: some KubernetesObject, _ target: Target
  ) throws(APIError) {
    guard let old = old as? CertificatesV1.CertificateSigningRequest,
      let new = new as? CertificatesV1.CertificateSigningRequest,
      old.status.certificate != new.status.certificate || old.status.conditions != new.status.conditions
    else { return }
    try check(.sign, permits, user, old, target)
  }

  /// For a create: nobody asks to be a master of the cluster, and no node to be another one.
  /// - Parameter read: what a request asks for, from its DER.
  static func checkCreate(
    _ user: UserInfo, _ object: some KubernetesObject, _ target: Target, read: ([UInt8]) -> RequestedCertificate?
  ) throws(APIError) {
    guard let request = object as? CertificatesV1.CertificateSigningRequest,
      let signer = CertificateSigner(rawValue: request.spec.signerName),
      let block = PEMBlock.all(in: request.spec.request).first, let wanted = read(block.bytes)
    else { return }
    switch signer {
    case .client:
      guard wanted.organizations.contains(UserInfo.mastersGroup) else { return }
      throw .forbidden(
        target.groupResource, name: request.metadata.name,
        because: "use of \(signer.rawValue) signer with \(UserInfo.mastersGroup) group is not allowed")
    case .kubeletClient, .kubeletServing:
      guard user.nodeName != nil, wanted.commonName != user.name else { return }
      throw .forbidden(
        target.groupResource, name: request.metadata.name,
        because: "can only create a node CSR with CN=\(user.name)")
    }
  }
}
