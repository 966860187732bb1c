import ContainerRuntime
import Logging

/// What is done every now and then: logs are rotated, and what pods of earlier runs left behind is removed.
struct Housekeeping: Sendable {
  let manager: PodManager
  let runtime: any ContainerRuntime
  let volumes: PodVolumes
  let folders: PodFolders
  let cgroups: PodCgroups
  let logger: Logger

  func run(now: Int64) async {
    await rotateLogs(now: now)
    await removeLeftovers()
  }

  private func rotateLogs(now: Int64) async {
    let rotation = LogRotation()
    for log in await manager.runningLogs {
      do {
        try await rotation.rotateIfNeeded(path: log.path, id: log.id, runtime: runtime, now: now)
      } catch {
        logger.warning("log not rotated", metadata: ["path": "\(log.path)", "error": "\(error)"])
      }
    }
  }

  private func removeLeftovers() async {
    // In this order: a folder that is made after the look at the folders belongs to a pod that is already known.
    let withFolders = volumes.uids
    let withCgroups = cgroups.uids
    let withLogs = Directory.names(in: folders.logs)
    guard await manager.knowsDesired, let summaries = try? await RuntimeView(runtime: runtime).relist() else { return }
    let known = await manager.uids.union(summaries.keys)
    for uid in withFolders where !known.contains(uid) {
      do throws(VolumeFailure) {
        try volumes.remove(uid: uid)
        logger.info("left-over pod folder removed", metadata: ["uid": "\(uid)"])
      } catch {
        logger.warning("left-over pod folder stays", metadata: ["uid": "\(uid)", "error": "\(error)"])
      }
    }
    for uid in withCgroups where !known.contains(uid) {
      let left = cgroups.remove(uid: uid)
      if !left.isEmpty { logger.warning("left-over cgroups stay", metadata: ["paths": "\(left)"]) }
    }
    for name in withLogs {
      let parts = name.split(separator: "_").map(String.init)
      guard parts.count == 3, !known.contains(parts[2]) else { continue }
      volumes.removeLogs(namespace: parts[0], name: parts[1], uid: parts[2])
    }
  }
}
