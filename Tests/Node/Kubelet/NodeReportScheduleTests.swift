import ContainerRuntime
import Kubelet
import Testing

@Suite("When a node's status is written")
struct NodeReportScheduleTests {
  private let healthy = NodeStatusBuilder.RuntimeHealth()
  private let start = ContinuousClock.now

  @Test("at first, at each change, and after a while")
  func changes() {
    var schedule = NodeReportSchedule(every: .seconds(60))
    #expect(schedule.isDue(healthy, images: 2, now: start))
    schedule.begins(healthy, images: 2, now: start)
    #expect(!schedule.isDue(healthy, images: 2, now: start + .seconds(59)))
    #expect(schedule.isDue(healthy, images: 2, now: start + .seconds(60)))
    #expect(schedule.isDue(healthy, images: 3, now: start))
    #expect(schedule.isDue(.init(error: "away"), images: 2, now: start))
  }

  @Test("again when it could not be written")
  func failure() {
    var schedule = NodeReportSchedule(every: .seconds(60))
    schedule.begins(healthy, images: 2, now: start)
    schedule.failed()
    #expect(schedule.isDue(healthy, images: 2, now: start))
  }

  @Test("once the Lease is renewed after it could not be, and then no more")
  func outage() {
    var schedule = NodeReportSchedule(every: .seconds(60))
    schedule.begins(healthy, images: 2, now: start)
    schedule.leaseRenewed()
    #expect(!schedule.isDue(healthy, images: 2, now: start))
    schedule.leaseFailed()
    schedule.leaseFailed()
    #expect(!schedule.isDue(healthy, images: 2, now: start), "nobody could take it")
    schedule.leaseRenewed()
    #expect(schedule.isDue(healthy, images: 2, now: start))
    schedule.begins(healthy, images: 2, now: start)
    schedule.leaseRenewed()
    #expect(!schedule.isDue(healthy, images: 2, now: start))
  }
}
