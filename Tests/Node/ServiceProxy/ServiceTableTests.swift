import ClusterConfig
import KubernetesAPI
import ServiceProxy
import Testing

@Suite struct ServiceTableTests {
  static func service(_ name: String = "web", nodePort: Int32 = 0, edit: (inout CoreV1.Service) -> Void = { _ in })
    -> CoreV1.Service
  {
    var service = CoreV1.Service()
    service.metadata.name = name
    service.metadata.namespace = "default"
    service.spec.clusterIP = "198.18.16.10"
    service.spec.clusterIPs = ["198.18.16.10"]
    service.spec.type = nodePort == 0 ? "ClusterIP" : "NodePort"
    var port = CoreV1.ServicePort()
    port.name = "http"
    port.protocol = "TCP"
    port.port = 80
    port.nodePort = nodePort
    service.spec.ports = [port]
    edit(&service)
    return service
  }

  static func slice(
    _ addresses: [(String, ready: Bool?, serving: Bool?, node: String)], service: String = "web"
  ) -> DiscoveryV1.EndpointSlice {
    var slice = DiscoveryV1.EndpointSlice()
    slice.metadata.name = "\(service)-abc"
    slice.metadata.namespace = "default"
    slice.metadata.labels = ["kubernetes.io/service-name": service]
    slice.addressType = "IPv4"
    var port = DiscoveryV1.EndpointPort()
    port.name = "http"
    port.protocol = "TCP"
    port.port = 8080
    slice.ports = [port]
    slice.endpoints = addresses.map { address, ready, serving, node in
      var endpoint = DiscoveryV1.Endpoint()
      endpoint.addresses = [address]
      endpoint.conditions.ready = ready
      endpoint.conditions.serving = serving
      endpoint.nodeName = node
      return endpoint
    }
    return slice
  }

  static let clusterFrontend = Frontend(address: .init(198, 18, 16, 10), port: 80)

  func addresses(_ table: ServiceTable, _ frontend: Frontend = Self.clusterFrontend) -> [String]? {
    table.entries[frontend]?.endpoints.map(\.description)
  }

  @Test func readyEndpointsAreServed() {
    let table = ServiceTable(
      services: [Self.service()],
      slices: [
        Self.slice([
          ("198.19.0.5", true, true, "n1"), ("198.19.1.5", false, true, "n2"), ("198.19.1.6", nil, nil, "n2"),
        ])
      ],
      node: "n1")
    #expect(addresses(table) == ["198.19.0.5:8080", "198.19.1.6:8080"])
  }

  @Test func addressesThatLeadBackOrToTheNodeItselfAreNoEndpoints() {
    let table = ServiceTable(
      services: [Self.service()],
      slices: [
        Self.slice([
          ("198.18.16.10", true, true, "n1"), ("127.0.0.1", true, true, "n1"), ("169.254.0.9", true, true, "n1"),
          ("224.0.0.1", true, true, "n1"), ("198.19.0.5", true, true, "n1"),
        ])
      ], node: "n1", serviceRange: IPv4Network("198.18.16.0/20"))
    #expect(addresses(table) == ["198.19.0.5:8080"])
  }

  @Test func terminatingEndpointsServeWhileNoOtherDoes() {
    let table = ServiceTable(
      services: [Self.service()],
      slices: [Self.slice([("198.19.0.5", false, true, "n1"), ("198.19.0.6", false, false, "n1")])],
      node: "n1")
    #expect(addresses(table) == ["198.19.0.5:8080"])
  }

  @Test func aServiceWithoutEndpointsIsThereAndHeadlessOnesAreNot() {
    let table = ServiceTable(
      services: [
        Self.service(),
        Self.service("headless") {
          $0.spec.clusterIP = "None"
          $0.spec.clusterIPs = ["None"]
        },
      ], slices: [], node: "n1")
    #expect(table.entries.count == 1)
    #expect(addresses(table) == [])
  }

  @Test func nodePortsAndLocalPolicies() {
    let slices = [Self.slice([("198.19.0.5", true, true, "n1"), ("198.19.1.5", true, true, "n2")])]
    let table = ServiceTable(
      services: [Self.service(nodePort: 30080) { $0.spec.externalTrafficPolicy = "Local" }], slices: slices, node: "n2")
    #expect(addresses(table, Frontend(address: nil, port: 30080)) == ["198.19.1.5:8080"])
    #expect(addresses(table)?.count == 2)
  }

  @Test func rulesChangeOnlyWhatChanged() {
    let rules = PacketRules(serviceRange: IPv4Network("198.18.16.0/20")!, listener: 10255)
    let empty = ServiceTable()
    let one = ServiceTable(services: [Self.service(nodePort: 30080)], slices: [], node: "n1")
    let withEndpoints = ServiceTable(
      services: [Self.service(nodePort: 30080)], slices: [Self.slice([("198.19.0.5", true, true, "n1")])], node: "n1")
    #expect(
      rules.update(from: empty, to: one)
        == """
        add element ip apus_proxy services { 198.18.16.10 . 80 }
        add element ip apus_proxy nodeports { 30080 }

        """)
    #expect(rules.update(from: one, to: withEndpoints) == nil)
    #expect(rules.update(from: one, to: empty)?.contains("delete element ip apus_proxy nodeports { 30080 }") == true)
    #expect(rules.install(one).contains("elements = { 198.18.16.10 . 80 };"))
  }
}
