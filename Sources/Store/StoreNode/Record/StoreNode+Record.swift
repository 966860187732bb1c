import Replay

extension StoreNode {
  /// Nil where nothing is to be recorded.
  func stepRecorder(_ dataPath: String, start: UInt64) -> StepRecorder? {
    guard configuration.recordSize > 0 else { return nil }
    let head = RecordHead(
      clusterID: clusterID, member: configuration.memberID, name: configuration.name, start: start, segment: 1,
      origin: .rotation, inputs: 0, time: wallClockMilliseconds())
    return StepRecorder("\(dataPath)/record", limit: configuration.recordSize, head: head, logger: logger)
  }
}
