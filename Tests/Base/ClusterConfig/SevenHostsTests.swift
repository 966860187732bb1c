import ClusterConfig
import FoundationEssentials
import Testing

struct SevenHostsTests {
  @Test("The hosts for labs beside the lab are those of its file, on another network")
  func sameAsTheLab() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let file = try String(contentsOf: root.appending(path: "cluster-config/lab.yaml"), encoding: .utf8)
    let lab = try ClusterConfig(yaml: file, file: "lab.yaml")
    let text = "name: lab\n" + ClusterConfig.sevenHosts(in: "198.18.0")
    #expect(try ClusterConfig(yaml: text, file: "other.yaml").hosts == lab.hosts)
    let other = try ClusterConfig(yaml: "name: lab\n" + ClusterConfig.sevenHosts(in: "198.18.6"), file: "other.yaml")
    #expect(other.hosts.map(\.name) == lab.hosts.map(\.name))
    #expect(other.hosts.allSatisfy { $0.address.description.hasPrefix("198.18.6.") })
  }
}
