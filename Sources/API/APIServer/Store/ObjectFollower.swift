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
  /// - Parameter synced: called once, when everything that there was at first has been told, or where the registry does
  ///   not serve the resource.
  func follow<T: KubernetesObject>(
    _ type: T.Type, synced: @Sendable () -> Void = {}, _ take: @Sendable (Change<T>) -> Void
  ) async {
    await follow(storedAs: type, synced: synced) { change in
      switch change {
      case .set(let object):
        do throws(JSONError) { take(.set(try T(jsonBytes: object.json))) } catch {
          let place = ObjectPlace(object)
          report(error, place, in: T.resource.plural)
          // What cannot be read is not there: it grants nothing.
          take(.removed(place))
        }
      case .removed(let place): take(.removed(place))
      case .complete: take(.complete)
      }
    }
  }

  func report(_ error: JSONError, _ place: ObjectPlace, in plural: String) {
    logger.error(
      "Cannot read an object that the front-end itself needs",
      metadata: ["resource": "\(plural)", "object": "\(place)", "error": "\(error)"])
  }

  /// The same, with the objects as they are in the cache.
  func follow<T: KubernetesObject>(
    storedAs type: T.Type, synced: @Sendable () -> Void = {}, _ take: @Sendable (Change<StoredObject>) -> Void
  ) async {
    let plural = T.resource.plural
    guard
      let resource = registry.resource(group: T.resource.group, version: T.resource.version, plural: plural)
    else { return synced() }
    var known: Set<ObjectPlace> = []
    var wasComplete = false
    while !Task.isCancelled {
      // What has not come again; until the watch says that all that there is has come.
      var gone: Set<ObjectPlace>? = known
      do {
        let watch = try await registry.watch(
          resource, namespace: "",
          options: WatchOptions(resourceVersion: "0", allowBookmarks: true, sendInitialEvents: true))
        defer { watch.cancel() }
        while let event = try await watch.next() {
          switch event.kind {
          case .added, .modified:
            let place = ObjectPlace(event.object)
            known.insert(place)
            gone?.remove(place)
            take(.set(event.object))
          case .deleted:
            let place = ObjectPlace(event.object)
            known.remove(place)
            gone?.remove(place)
            take(.removed(place))
          case .bookmark:
            guard let places = gone else { continue }
            for place in places { take(.removed(place)) }
            known.subtract(places)
            gone = nil
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

extension ObjectPlace {
  init(_ object: StoredObject) { self.init(namespace: object.namespace, name: object.name) }
}
