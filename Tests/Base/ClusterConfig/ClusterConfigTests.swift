import ClusterConfig
import FoundationEssentials
import Testing

@Suite struct ClusterConfigTests {
  static let good = """
    name: lab
    network: {services: 198.18.16.0/20, pods: 198.19.0.0/16, nodePrefix: 24, nodePorts: 30000-30100}
    timing:
      election: 2s
    hosts:
      - {name: store-1, address: 198.18.0.11, roles: [store]}
      - {name: store-2, address: 198.18.0.12, roles: [store]}
      - {name: store-3, address: 198.18.0.13, roles: [store]}
      - name: node-1
        address: 198.18.0.31
        roles: [kubelet, proxy]
    """

  static func problems(_ yaml: String) -> String {
    do throws(ConfigError) {
      _ = try ClusterConfig(yaml: yaml, file: "c.yaml")
      return "accepted"
    } catch {
      return error.description
    }
  }

  @Test func aGoodFileIsRead() throws {
    let config = try ClusterConfig(yaml: Self.good, file: "c.yaml")
    #expect(config.name == "lab")
    #expect(config.hosts(with: .store).map(\.name) == ["store-1", "store-2", "store-3"])
    #expect(config.network.services.description == "198.18.16.0/20")
    #expect(config.timing.election == .seconds(2))
    #expect(config.timing.heartbeat == .milliseconds(100))
    #expect(config.podRange(ofNode: 2)?.description == "198.19.2.0/24")
    #expect(config.host(named: "node-1")?.roles == [.kubelet, .proxy])
  }

  @Test func theStoresSettingsAreRead() throws {
    func store(_ yaml: String) throws -> ClusterConfig.Store {
      try ClusterConfig(yaml: Self.good + "\nstore: {\(yaml)}\n", file: "c.yaml").store
    }
    #expect(try ClusterConfig(yaml: Self.good, file: "c.yaml").store == .init())
    #expect(try store("quota: 512MiB").quota == 512 << 20)
    #expect(try store("quota: none").quota == nil)
    #expect(try store("recordSize: 128MiB").recordSize == 128 << 20)
    #expect(try store("recordSize: none").recordSize == 0)
    #expect(try store("autoCompactionRetention: 8h").autoCompaction == .periodic(.seconds(28800)))
    #expect(try store("autoCompactionRetention: 2").autoCompaction == .periodic(.seconds(7200)))
    #expect(
      try store("autoCompactionMode: periodic, autoCompactionRetention: 90s").autoCompaction == .periodic(.seconds(90)))
    #expect(try store("autoCompactionMode: revision, autoCompactionRetention: 1000").autoCompaction == .revision(1000))
    #expect(try store("autoCompactionMode: revision, autoCompactionRetention: 0").autoCompaction == nil)
    for bad in [
      "quota: 1MiB", "quota: -1", "quota: 2 GiB", "autoCompactionMode: never", "autoCompactionMode: revision",
      "autoCompactionMode: revision, autoCompactionRetention: 1h", "autoCompactionRetention: soon", "size: 1GiB",
    ] {
      #expect(Self.problems(Self.good + "\nstore: {\(bad)}\n").contains("store"), "\(bad)")
    }
  }

  @Test func anUnknownKeyIsNamedWithItsLine() {
    let text = Self.problems(Self.good.replacing("timing:", with: "timings:"))
    #expect(text.contains("line 3: timings: unknown key"))
    #expect(text.contains("known here: name, network"))
  }

  @Test func aHostTwiceIsRefused() {
    let text = Self.problems(Self.good.replacing("name: store-2", with: "name: store-1"))
    #expect(text.contains("hosts[1].name: the host “store-1” stands twice, first on line 6"))
  }

  @Test func anAddressTwiceIsRefused() {
    let text = Self.problems(Self.good.replacing("198.18.0.12", with: "198.18.0.11"))
    #expect(text.contains("198.18.0.11 belongs to the host on line 6 already"))
  }

  @Test func allProblemsAreToldAtOnce() {
    let text = Self.problems(
      """
      name: UPPER
      network: {services: 10.0.0.1/8, pods: nonsense}
      ports: {apiserver: 0, colour: blue}
      hosts:
        - {name: a, address: 1.2.3, roles: [store, king]}
      """)
    for part in [
      "“UPPER” is not a DNS label", "“10.0.0.1/8” is not an IPv4 range", "“nonsense” is not an IPv4 range",
      "“0” is not a port", "ports.colour: unknown key", "“1.2.3” is not an IPv4 address", "“king” is not a role",
    ] { #expect(text.contains(part), "\(part) in \(text)") }
  }

  @Test(arguments: ["", "[]", "just text", "a: [", "name: x\nname: y\nhosts: []", "hosts: {a: 1}\nname: x", "\u{0}"])
  func rubbishIsRefused(_ yaml: String) {
    #expect(Self.problems(yaml) != "accepted")
  }

  @Test func rangesMayNotOverlapNorHoldAHost() {
    #expect(Self.problems(Self.good.replacing("198.19.0.0/16", with: "198.18.0.0/15")).contains("overlap"))
    #expect(
      Self.problems(Self.good.replacing("198.18.16.0/20", with: "198.18.0.0/24")).contains(
        "lies in the range of the services"))
  }

  @Test func aNodeOnLoopbackIsRefused() {
    let loopback = Self.good.replacing("198.18.0.11", with: "127.0.0.1")
    #expect(Self.problems(loopback).contains("store-1 has 127.0.0.1, which the pods of this cluster cannot reach"))
    #expect(Self.problems(loopback + "\nruntime: {kind: hollow}") == "accepted")
    #expect(Self.problems(loopback.replacing("[kubelet, proxy]", with: "[apiserver]")) == "accepted")
  }

  @Test(arguments: ["lab", "one-machine", "several-machines"])
  func theExamplesAreAccepted(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../cluster-config")
    let yaml = try String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
    #expect(Self.problems(yaml) == "accepted")
  }

  @Test func addressesAreStrict() {
    #expect(IPv4Address("1.2.3.4")?.description == "1.2.3.4")
    for text in ["01.2.3.4", "1.2.3.256", "1.2.3", "1.2.3.4.5", "", "1..2.3", "a.b.c.d", "1.2.3.+4"] {
      #expect(IPv4Address(text) == nil, "\(text)")
    }
    #expect(IPv4Network("10.0.0.0/8")?.contains(IPv4Address(10, 9, 8, 7)) == true)
    #expect(IPv4Network("0.0.0.0/0")?.size == 1 << 32)
    #expect(IPv4Network("10.0.0.0/33") == nil)
  }
}
