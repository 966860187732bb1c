package import ClusterClient
import JSONDocument
import KubernetesAPI
package import Logging
import Synchronization

/// Writes pods' statuses to the API: of each pod only the newest, one request at a time, again after a failure. When a
/// pod that is being deleted has stopped, and that was written, it takes the pod's object out.
///
/// While the API cannot be reached nothing is lost: the newest statuses wait.
package final class StatusPublisher: Sendable {
  private struct Entry {
    var report: PodManager.PodReport
    var written: CoreV1.PodStatus?
    var isRunning = false
  }

  private let client: ClusterClient
  private let logger: Logger
  private let entries = Mutex<[String: Entry]>([:])

  package init(client: ClusterClient, logger: Logger) {
    self.client = client
    self.logger = logger
  }

  /// Takes a pod's newest status.
  package func publish(_ report: PodManager.PodReport) {
    let uid = report.pod.metadata.uid
    let begins = entries.withLock { entries -> Bool in
      var entry = entries[uid] ?? Entry(report: report)
      entry.report = report
      let mustRun = !entry.isRunning && Self.hasWork(entry)
      if mustRun { entry.isRunning = true }
      entries[uid] = entry
      return mustRun
    }
    if begins { Task { await run(uid) } }
  }

  /// A pod's object is gone.
  package func forget(uid: String) { entries.withLock { $0[uid] = nil } }

  private static func hasWork(_ entry: Entry) -> Bool {
    let isWritten = (entry.written ?? entry.report.pod.status) == entry.report.status
    return !isWritten || isDeletable(entry.report)
  }

  private static func isDeletable(_ report: PodManager.PodReport) -> Bool {
    report.isStopped && report.pod.metadata.deletionTimestamp != nil
  }

  private func run(_ uid: String) async {
    var delay = Duration.milliseconds(100)
    while let report = next(uid) {
      do {
        if try await write(report) { entries.withLock { $0[uid]?.written = report.status } }
        if Self.isDeletable(report) {
          try await delete(report.pod)
          forget(uid: uid)
          return
        }
        delay = .milliseconds(100)
      } catch {
        // The object is gone, or is another pod of the same name: nothing to say about it any more.
        if error.isNotFound { return forget(uid: uid) }
        if error.isConflict || error.apiStatus?.code == 422, await isGone(report.pod) { return forget(uid: uid) }
        logger.warning(
          "pod status not written",
          metadata: ["pod": "\(report.pod.metadata.namespace)/\(report.pod.metadata.name)", "error": "\(error)"])
        try? await Task.sleep(for: delay)
        delay = min(delay * 2, .seconds(5))
      }
    }
  }

  private func next(_ uid: String) -> PodManager.PodReport? {
    entries.withLock { entries in
      guard let entry = entries[uid], Self.hasWork(entry) else {
        entries[uid]?.isRunning = false
        return nil
      }
      return entry.report
    }
  }

  /// Returns whether it was written.
  private func write(_ report: PodManager.PodReport) async throws -> Bool {
    let metadata = report.pod.metadata
    _ = try await client.patchStatus(
      CoreV1.Pod.self, name: metadata.name, namespace: metadata.namespace,
      patch: .merge(StatusPatch.document(uid: metadata.uid, status: report.status)))
    return true
  }

  private func isGone(_ pod: CoreV1.Pod) async -> Bool {
    do {
      let found: CoreV1.Pod? = try await client.find(name: pod.metadata.name, namespace: pod.metadata.namespace)
      return found?.metadata.uid != pod.metadata.uid
    } catch {
      return false
    }
  }

  private func delete(_ pod: CoreV1.Pod) async throws {
    var options = MetaV1.DeleteOptions()
    options.gracePeriodSeconds = 0
    options.preconditions = MetaV1.Preconditions(uid: pod.metadata.uid)
    try await client.delete(
      CoreV1.Pod.self, name: pod.metadata.name, namespace: pod.metadata.namespace, options: options)
  }
}

/// The merge patch that makes a pod's status this one.
enum StatusPatch {
  /// Fields that are left out when empty and that the kubelet owns: a merge patch has to say that they are gone.
  private static let removable = [
    "reason", "message", "podIP", "podIPs", "hostIP", "hostIPs", "initContainerStatuses", "containerStatuses",
  ]

  /// The uid in it makes the API refuse the patch for another pod of the same name.
  static func document(uid: String, status: CoreV1.PodStatus) -> [UInt8] {
    var fields = (try? JSONValue(jsonBytes: status.jsonBytes)) ?? .object(JSONObject())
    if case .object(var object) = fields {
      for name in removable where object[name] == nil { object[name] = .null }
      fields = .object(object)
    }
    var metadata = JSONObject()
    metadata["uid"] = .string(uid)
    var document = JSONObject()
    document["metadata"] = .object(metadata)
    document["status"] = fields
    return JSONValue.object(document).jsonBytes
  }
}
