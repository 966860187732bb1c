import Access
import JSONDocument
import KubernetesAPI
import Logging
import Registry

/// Follows resources in the registry's caches, for the front-end's own needs.
struct ObjectFollower: Sendable {
  enum Change<Object: Sendable>: Sendable {
    case set(Object)
    case removed(ObjectPlace)
    /// Everything that there was at first has been told.
    case complete
  }

  let registry: ResourceRegistry
  let logger: Logger

  /// Tells of every object of a resource and each change of one, in order, until the task is cancelled. A watch that
  /// breaks is opened anew, and what has gone meanwhile is told as removed.
  /// - Parameters:
  ///   - synced: called once, when everything that there was at first has been told, or where the registry does not
  ///     serve the resource.
  ///   - read: makes an object of its JSON; for those who need but a part of it.
  func follow<T: KubernetesObject>(
    _ type: T.Type, synced: @Sendable () -> Void = {},
    reading read: @Sendable ([UInt8]) throws(JSONError) -> T = { json throws(JSONError) in try T(jsonBytes: json) },
    _ take: @Sendable (Change<T>) -> Void
  ) async {
    let plural = T.resource.plural
    guard
      let resource = registry.resource(group: T.resource.group, version: T.resource.version, plural: plural)
    else { return synced() }
    var known: Set<ObjectPlace> = []
    var wasComplete = false
    while !Task.isCancelled {
      var seen: Set<ObjectPlace>? = []
      do {
        let watch = try await registry.watch(
          resource, namespace: "",
          options: WatchOptions(resourceVersion: "0", allowBookmarks: true, sendInitialEvents: true))
        defer { watch.cancel() }
        while let event = try await watch.next() {
          let place = ObjectPlace(namespace: event.object.namespace, name: event.object.name)
          switch event.kind {
          case .added, .modified:
            seen?.insert(place)
            known.insert(place)
            do { take(.set(try read(event.object.json))) } catch {
              logger.error(
                "Cannot read an object that the front-end itself needs",
                metadata: ["resource": "\(plural)", "object": "\(place)", "error": "\(error)"])
              // What cannot be read is not there: it grants nothing.
              take(.removed(place))
            }
          case .deleted:
            known.remove(place)
            take(.removed(place))
          case .bookmark:
            guard let present = seen else { continue }
            for gone in known.subtracting(present) { take(.removed(gone)) }
            known = present
            seen = nil
            if !wasComplete {
              wasComplete = true
              take(.complete)
              synced()
            }
          }
        }
      } catch {
        logger.debug(
          "A watch of the front-end's own ended", metadata: ["resource": "\(plural)", "error": "\(error)"])
      }
      try? await Task.sleep(for: .milliseconds(100))
    }
  }
}
