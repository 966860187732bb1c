import Controllers
import KubernetesAPI
import PodRules
import Testing

@Suite struct EndpointRulesTests {
  private func service(_ change: (inout CoreV1.Service) -> Void = { _ in }) -> CoreV1.Service {
    var service = CoreV1.Service()
    service.metadata.name = "web"
    service.metadata.namespace = "default"
    service.metadata.uid = "service"
    service.spec.selector = ["app": "web"]
    service.spec.clusterIP = "10.0.0.1"
    service.spec.ports = [CoreV1.ServicePort(name: "http", protocol: "TCP", port: 80, targetPort: .int(8080))]
    change(&service)
    return service
  }

  private func pod(_ index: Int, ready: Bool = true, _ change: (inout CoreV1.Pod) -> Void = { _ in }) -> CoreV1.Pod {
    var pod = CoreV1.Pod()
    pod.metadata.name = "pod-\(String(index + 1000))"
    pod.metadata.namespace = "default"
    pod.metadata.uid = "uid-\(index)"
    pod.metadata.labels = ["app": "web"]
    pod.spec.nodeName = "n1"
    pod.spec.containers = [CoreV1.Container(name: "c", ports: [CoreV1.ContainerPort(name: "web", containerPort: 9000)])]
    pod.status.phase = "Running"
    pod.status.podIP = "10.1.\(index / 250).\(index % 250 + 1)"
    pod.status.conditions.set("Ready", ready ? "True" : "False", now: Time(secondsSinceEpoch: 1))
    change(&pod)
    return pod
  }

  private func plan(_ service: CoreV1.Service, _ pods: [CoreV1.Pod], _ existing: [DiscoveryV1.EndpointSlice] = [])
    -> EndpointSliceRules.Plan
  {
    EndpointSliceRules.plan(service, pods: pods, existing: existing)
  }

  private func apply(_ plan: EndpointSliceRules.Plan, to existing: [DiscoveryV1.EndpointSlice]) -> [DiscoveryV1
    .EndpointSlice]
  {
    let gone = Set((plan.delete + plan.update).map(\.metadata.name))
    return existing.filter { !gone.contains($0.metadata.name) } + plan.update + plan.create
  }

  @Test func conditionsTellReadyServingTerminating() throws {
    let slice = try #require(
      plan(
        service(),
        [
          pod(0), pod(1, ready: false), pod(2) { $0.metadata.deletionTimestamp = Time(secondsSinceEpoch: 5) },
          pod(3) { $0.status.phase = "Succeeded" }, pod(4) { $0.status.podIP = "" },
        ]
      ).create.first)
    #expect(slice.endpoints.map(\.conditions.ready) == [true, false, false])
    #expect(slice.endpoints.map(\.conditions.serving) == [true, false, true])
    #expect(slice.endpoints.map(\.conditions.terminating) == [false, false, true])
    #expect(slice.endpoints[0].nodeName == "n1")
    #expect(slice.endpoints[0].targetRef?.name == "pod-1000")
    #expect(slice.ports == [DiscoveryV1.EndpointPort(name: "http", protocol: "TCP", port: 8080)])
    #expect(slice.addressType == "IPv4")
    #expect(slice.metadata.labels["kubernetes.io/service-name"] == "web")
    #expect(slice.metadata.controller?.uid == "service")
  }

  @Test func publishNotReadyAddresses() throws {
    let slice = try #require(
      plan(service { $0.spec.publishNotReadyAddresses = true }, [pod(0, ready: false)]).create.first)
    #expect(slice.endpoints[0].conditions.ready == true)
    #expect(slice.endpoints[0].conditions.serving == false)
  }

  @Test func namedPortsArePerPod() throws {
    let named = service { $0.spec.ports[0].targetPort = .string("web") }
    let other = pod(1) { $0.spec.containers[0].ports[0].containerPort = 9001 }
    let without = pod(2) { $0.spec.containers[0].ports = [] }
    let slices = plan(named, [pod(0), other, without]).create
    #expect(slices.map { $0.ports.map(\.port) } == [[9000], [9001]])
    #expect(slices.map(\.endpoints.count) == [1, 1])
    #expect(Set(slices.map(\.metadata.name)).count == 2)
  }

  @Test func slicesHoldAHundredAtMost() {
    let slices = plan(service(), (0..<250).map { pod($0) }).create
    #expect(slices.map(\.endpoints.count) == [100, 100, 50])
    #expect(Set(slices.map(\.metadata.name)).count == 3)
  }

  @Test func nothingChangesWithoutACause() {
    let pods = (0..<150).map { pod($0) }
    let slices = plan(service(), pods).create
    #expect(plan(service(), pods.shuffled(), slices.shuffled()).isEmpty)
  }

  @Test func oneChangeTouchesOneSlice() {
    var pods = (0..<150).map { pod($0) }
    let slices = plan(service(), pods).create
    pods[120] = pod(120, ready: false)
    let change = plan(service(), pods, slices)
    #expect(change.create.isEmpty && change.delete.isEmpty)
    #expect(change.update.count == 1)
    pods.removeLast(50)
    let less = plan(service(), pods, slices)
    #expect(less.update.isEmpty && less.create.isEmpty)
    #expect(less.delete.count == 1)
  }

  @Test func roomIsFilledFirst() {
    let slices = plan(service(), (0..<150).map { pod($0) }).create
    let more = plan(service(), (0..<190).map { pod($0) }, slices)
    #expect(more.create.isEmpty && more.delete.isEmpty && more.update.count == 1)
    #expect(apply(more, to: slices).reduce(0) { $0 + $1.endpoints.count } == 190)
  }

  @Test func emptyServicesKeepOneSlice() {
    let empty = plan(service(), [])
    #expect(empty.create.count == 1)
    #expect(empty.create.first?.endpoints.isEmpty == true)
    #expect(plan(service(), [], empty.create).isEmpty)
    let filled = plan(service(), [pod(0)], empty.create)
    let slices = apply(filled, to: empty.create)
    #expect(slices.count == 1)
    let again = plan(service(), [], slices)
    #expect(again.delete.isEmpty && again.update.count == 1)
  }

  @Test func namesFollowFromTheService() {
    #expect(plan(service(), [pod(0)]).create[0].metadata.name == plan(service(), [pod(1)]).create[0].metadata.name)
  }

  @Test func headlessIsMarked() {
    let slice = plan(service { $0.spec.clusterIP = "None" }, [pod(0)]).create.first
    #expect(slice?.metadata.labels["service.kubernetes.io/headless"] == "")
  }

  @Test func hostnamesBelowTheService() {
    let named = pod(0) {
      $0.spec.hostname = "zero"
      $0.spec.subdomain = "web"
    }
    #expect(plan(service(), [named]).create.first?.endpoints.first?.hostname == "zero")
  }

  @Test func selectorsDecide() {
    #expect(EndpointRules.selector(service { $0.spec.selector = [:] }) == nil)
    #expect(EndpointRules.selector(service { $0.spec.type = "ExternalName" }) == nil)
    #expect(EndpointRules.selects(service(), ["app": "web", "x": "y"]))
    #expect(!EndpointRules.selects(service(), ["app": "db"]))
  }

  @Test func endpointsSeparateReadyFromNot() {
    let pods = [pod(1), pod(0, ready: false), pod(2) { $0.metadata.deletionTimestamp = Time(secondsSinceEpoch: 5) }]
    let endpoints = EndpointsRules.desired(service(), pods: pods, existing: nil)
    #expect(endpoints.subsets.count == 1)
    #expect(endpoints.subsets[0].addresses.map(\.ip) == ["10.1.0.2"])
    #expect(endpoints.subsets[0].notReadyAddresses.map(\.ip) == ["10.1.0.1"])
    #expect(endpoints.subsets[0].ports.map(\.port) == [8080])
    #expect(EndpointsRules.desired(service(), pods: pods.reversed(), existing: endpoints) == endpoints)
  }

  @Test func endpointsAreBounded() {
    let pods = (0..<1100).map { pod($0, ready: $0 >= 100) }
    let endpoints = EndpointsRules.desired(service(), pods: pods, existing: nil)
    #expect(endpoints.subsets[0].addresses.count == 1000)
    #expect(endpoints.subsets[0].notReadyAddresses.isEmpty)
    #expect(endpoints.metadata.annotations["endpoints.kubernetes.io/over-capacity"] == "truncated")
  }
}
