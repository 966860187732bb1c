package import Identities

/// Whom certificates are made for, and whom they name.
package typealias CertificateIdentity = Identities.CertificateIdentity
