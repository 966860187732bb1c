// KubernetesAPI holds the API's types as Swift structs. The folder Generated is made by GenerateAPI from APISchema's
// tables, one caseless enum a group-version (`CoreV1.Pod`); what the tables cannot say — times, quantities,
// selectors, the protocols that generic code uses — is written by hand in the files beside it.

/// The names that the API's own documents use for the scalars of `meta/v1`.
extension MetaV1 {
  package typealias Time = KubernetesAPI.Time
  package typealias MicroTime = KubernetesAPI.MicroTime
  package typealias Duration = KubernetesAPI.GoDuration
}
