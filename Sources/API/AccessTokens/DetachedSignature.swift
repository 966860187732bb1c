package import Access
import Crypto
import JSONDocument

/// A signature by a bootstrap token over a document that is kept elsewhere: a JSON Web Signature (RFC 7515) with
/// HMAC-SHA-256 whose payload is left out (its appendix F), as Kubernetes writes it into `cluster-info`.
package enum DetachedSignature {
  /// `HEADER..SIGNATURE`
  package static func make(_ document: String, by token: BootstrapToken) -> String {
    let header: JSONValue = ["alg": "HS256", "kid": .string(token.id)]
    let head = Base64URL.encode(header.jsonBytes)
    let signed = "\(head).\(Base64URL.encode(Array(document.utf8)))"
    let code = HMAC<SHA256>.authenticationCode(
      for: Array(signed.utf8), using: SymmetricKey(data: Array(token.secret.utf8)))
    return "\(head)..\(Base64URL.encode(Array(code)))"
  }

  /// Whether a signature is this token's over that document: whether it is what the token makes, whatever its header
  /// says.
  package static func isValid(_ signature: String, of document: String, by token: BootstrapToken) -> Bool {
    let wanted = Array(make(document, by: token).utf8)
    let found = Array(signature.utf8)
    guard wanted.count == found.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(wanted, found) { difference |= one ^ other }
    return difference == 0
  }
}
