package import KubernetesAPI

/// When a CertificateSigningRequest has been there long enough: Kubernetes' times.
package enum CertificateRequestAge {
  /// How long a request stays after it was approved, denied or failed, in seconds.
  package static let settled: Int64 = 3600
  /// How long one stays that nobody has decided, in seconds.
  package static let pending: Int64 = 24 * 3600

  /// Why a request is to be deleted; nil: it stays.
  ///
  /// - Parameters:
  ///   - now: seconds since 1970.
  ///   - certificateEnd: when the certificate that it holds ends, in the same; nil where it holds none.
  package static func isOver(
    _ request: CertificatesV1.CertificateSigningRequest, now: Int64, certificateEnd: Int64?
  ) -> String? {
    if let certificateEnd, certificateEnd < now { return "its certificate has ended" }
    let conditions = request.status.conditions
    for (type, word) in [("Approved", "approved"), ("Denied", "denied"), ("Failed", "failed")] {
      guard let condition = conditions.first(where: { $0.type == type }) else { continue }
      let since = condition.lastUpdateTime ?? condition.lastTransitionTime ?? request.metadata.creationTimestamp
      if let since, now - since.secondsSinceEpoch > settled { return "it was \(word) more than an hour ago" }
    }
    if conditions.isEmpty, let made = request.metadata.creationTimestamp, now - made.secondsSinceEpoch > pending {
      return "nobody has decided it for a day"
    }
    return nil
  }
}
