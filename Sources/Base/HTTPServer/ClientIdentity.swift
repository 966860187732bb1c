package import Identities

/// Who a client is by its verified certificate: Kubernetes takes CN for the user's name and O for its groups.
package typealias ClientIdentity = CertificateIdentity
