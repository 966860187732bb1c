/// Who may approve and sign requests for certificates: a verb on the signer itself, by its name or for all names of
/// its domain. To be asked beside the right to `certificatesigningrequests/approval` and `/status`.
package enum SignerRule {
  package enum Verb: String, Sendable {
    case approve
    case sign
    /// For the bundles of trust that a signer publishes.
    case attest
  }

  /// - Parameter may: the authoriser's answer for the user who asks.
  package static func allows(_ verb: Verb, signer: String, _ may: (AccessAttributes) -> Bool) -> Bool {
    names(signer).contains { name in
      may(AccessAttributes(verb: verb.rawValue, group: "certificates.k8s.io", resource: "signers", name: name))
    }
  }

  /// `example.com/server` → itself and `example.com/*`.
  static func names(_ signer: String) -> [String] {
    guard let slash = signer.firstIndex(of: "/") else { return [signer] }
    return [signer, "\(signer[..<slash])/*"]
  }

  /// What a refusal says.
  package static func refusal(_ verb: Verb, signer: String) -> String {
    "user not permitted to \(verb.rawValue) requests with signerName \(Denial.quoted(signer))"
  }
}
