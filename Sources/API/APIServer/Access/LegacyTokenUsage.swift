import Access
import JSONDocument
import KubernetesAPI
import Logging
import Registry
import Synchronization

/// Notes down on which day a secret's token was last used, as a label of the secret: so operators see which of these
/// tokens nobody needs any more (as Kubernetes does, "Legacy ServiceAccount token tracking").
///
/// A front-end writes at most once a day for each secret, and beside the requests. A write that fails is not tried
/// again that day: it is no more than a hint, and others use the token elsewhere.
final class LegacyTokenUsage: Sendable {
  static let label = "kubernetes.io/legacy-token-last-used"

  private let registry: ResourceRegistry
  private let logger: Logger
  /// The days, counted from 1970, on which tokens were seen last.
  private let days = Mutex<[ObjectPlace: Int64]>([:])
  private static let mostKept = 4096

  init(registry: ResourceRegistry, logger: Logger) {
    self.registry = registry
    self.logger = logger
  }

  /// A token of this secret was found good.
  /// - Parameter now: seconds since 1970.
  func note(_ secret: StoredObject, now: Int64) {
    let place = ObjectPlace(namespace: secret.namespace, name: secret.name)
    let number = now / 86_400
    let isNew = days.withLock { days in
      guard days[place] != number else { return false }
      if days.count >= Self.mostKept { days.removeAll() }
      days[place] = number
      return true
    }
    guard isNew else { return }
    // `2006-01-02`: such texts are in the order of their days.
    let day = String(Time(secondsSinceEpoch: now).description.prefix(10))
    if let noted = secret.labels[Self.label], noted.utf8.count == day.utf8.count, noted >= day { return }
    let uid = secret.uid
    Task.detached { await self.write(day, place, uid) }
  }

  private func write(_ day: String, _ place: ObjectPlace, _ uid: String) async {
    guard let secrets = registry.resource(group: "", version: "v1", plural: "secrets") else { return }
    let change = { @Sendable (current: JSONValue) throws(APIError) -> JSONValue in
      guard var metadata = current["metadata"], metadata["uid"]?.stringValue == uid else { return current }
      var labels: JSONValue = metadata["labels"] ?? .object(JSONObject())
      labels[Self.label] = .string(day)
      metadata["labels"] = labels
      var changed = current
      changed["metadata"] = metadata
      return changed
    }
    do {
      _ = try await registry.patch(
        secrets, namespace: place.namespace, name: place.name, options: ClusterBootstrap.writing, transform: change)
    } catch {
      logger.debug(
        "The last use of a token was not noted down",
        metadata: ["secret": "\(place.namespace)/\(place.name)", "error": "\(error)"])
    }
  }
}
