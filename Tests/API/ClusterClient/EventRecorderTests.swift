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

  @Test func similarEventsAreCombined() async throws {
    let cluster = InMemoryCluster()
    let recorder = EventRecorder(cluster.client, component: "tester", logger: Logger(label: "test"))
    let task = Task { try await recorder.run() }
    defer { task.cancel() }
    var set = AppsV1.ReplicaSet()
    set.metadata.name = "web"
    set.metadata.namespace = "default"
    for index in 0..<13 {
      recorder.record(set, .warning, reason: "FailedCreate", message: "pods \"web-\(index)\" is forbidden")
    }
    var events: [CoreV1.Event] = []
    try await eventually("the last event is told of") {
      events = try await cluster.client.list(CoreV1.Event.self, namespace: "default").items
      return events.contains { $0.message.hasSuffix("\"web-12\" is forbidden") }
    }
    #expect(events.count == 11)
    let combined = try #require(events.first { $0.message.hasPrefix("(combined from similar events): ") })
    #expect(combined.message == "(combined from similar events): pods \"web-12\" is forbidden")
    #expect(combined.count == 3)
    #expect(combined.reason == "FailedCreate" && combined.involvedObject.name == "web")
  }

  @Test func eventsThatExpiredBeginAnew() async throws {
    let cluster = InMemoryCluster()
    let recorder = EventRecorder(cluster.client, component: "tester", logger: Logger(label: "test"))
    let task = Task { try await recorder.run() }
    defer { task.cancel() }
    var pod = CoreV1.Pod()
    pod.metadata.name = "web"
    pod.metadata.namespace = "default"
    func written(times count: Int32) async throws -> CoreV1.Event {
      recorder.record(pod, .warning, reason: "Failed", message: "no luck")
      return try await eventually("the event is written") { () -> CoreV1.Event? in
        try await cluster.client.list(CoreV1.Event.self, namespace: "default").items.first { $0.count == count }
      }
    }
    _ = try await written(times: 1)
    let gone = try await written(times: 2)
    try await cluster.client.delete(CoreV1.Event.self, name: gone.metadata.name, namespace: "default")
    let anew = try await written(times: 1)
    #expect(anew.metadata.name != gone.metadata.name)
    let again = try await written(times: 2)
    #expect(again.metadata.name == anew.metadata.name)
  }

  @Test func tooManyAboutOneObjectAreDropped() async throws {
    let cluster = InMemoryCluster()
    let recorder = EventRecorder(cluster.client, component: "tester", logger: Logger(label: "test"))
    let task = Task { try await recorder.run() }
    defer { task.cancel() }
    var pod = CoreV1.Pod()
    pod.metadata.name = "web"
    pod.metadata.namespace = "default"
    for _ in 0..<30 { recorder.record(pod, .normal, reason: "R", message: "again") }
    try await eventually("what exceeds the burst is dropped") { recorder.droppedCount == 5 }
    let events = try await cluster.client.list(CoreV1.Event.self, namespace: "default").items
    #expect(events.map(\.count) == [25])
  }

  @Test func overflowIsCountedNotKept() {
    let recorder = EventRecorder(InMemoryCluster().client, component: "tester", logger: Logger(label: "test"))
    for index in 0..<1500 { recorder.record(CoreV1.Pod(), .normal, reason: "R", message: "\(index)") }
    #expect(recorder.droppedCount == 1500 - 1024)
  }
}
