import Logging
import Replica

extension Engine {
  /// The disk has stalled or works again, on the loop of the consensus.
  func take(_ condition: DiskCondition) {
    switch condition {
    case .stalled:
      diskStalls.add(1, ordering: .relaxed)
      isDiskStalled.store(true, ordering: .relaxed)
      logger.warning("the disk has stalled: writes wait, and none has been finished for half of the election timeout")
    case .handingOver:
      handOversForDisk.add(1, ordering: .relaxed)
      logger.warning("the disk has stalled: handing the leadership over to a member that keeps up")
    case .recovered:
      isDiskStalled.store(false, ordering: .relaxed)
      logger.notice("the disk works again")
    }
  }
}
