import ClusterClient
import ClusterStandIn
import KubernetesAPI
import Logging
import Testing
import Waiting

@Suite struct EventRecorderTests {
  @Test func sameEventsAreCounted() async throws {
    let cluster = InMemoryCluster()
    let recorder = EventRecorder(cluster.client, component: "tester", host: "h", logger: Logger(label: "test"))
    let task = Task { try await recorder.run() }
    defer { task.cancel() }
    var pod = CoreV1.Pod()
    pod.metadata.name = "web"
    pod.metadata.namespace = "default"
    pod = try await cluster.client.create(pod)
    for _ in 0..<3 { recorder.record(pod, .warning, reason: "Failed", message: "no luck") }
    recorder.record(pod, .normal, reason: "Done", message: "luck")
    var events: [CoreV1.Event] = []
    try await eventually("the last event is there") {
      events = try await cluster.client.list(CoreV1.Event.self, namespace: "default").items
      return events.contains { $0.reason == "Done" }
    }
    #expect(events.count == 2)
    let failed = try #require(events.first { $0.reason == "Failed" })
    #expect(failed.count == 3)
    #expect(failed.type == "Warning")
    #expect(failed.involvedObject.uid == pod.metadata.uid)
    #expect(failed.source.component == "tester")
  }

  @Test func overflowIsCountedNotKept() {
    let recorder = EventRecorder(InMemoryCluster().client, component: "tester", logger: Logger(label: "test"))
    for index in 0..<1500 { recorder.record(CoreV1.Pod(), .normal, reason: "R", message: "\(index)") }
    #expect(recorder.droppedCount == 1500 - 1024)
  }
}
