import ClusterConfig
import Testing

@Suite struct NumberOfStoresTests {
  private static func yaml(stores: Int) -> String {
    let hosts = (0..<stores).map { "  - {name: store-\($0), address: 198.18.0.\($0 + 1), roles: [store]}\n" }
    return "name: lab\nhosts:\n" + hosts.joined() + "  - {name: node-1, address: 198.18.0.100, roles: [kubelet]}\n"
  }

  @Test(arguments: [1, 3, 5, 9]) func oddNumbersAreWell(_ count: Int) throws {
    let config = try ClusterConfig(yaml: Self.yaml(stores: count), file: "c.yaml")
    #expect(config.hosts(with: .store).count == count && config.warnings.isEmpty)
  }

  /// As while members change, one after the other.
  @Test(arguments: [2, 4, 6, 8]) func evenNumbersAreTakenWithAWarning(_ count: Int) throws {
    let config = try ClusterConfig(yaml: Self.yaml(stores: count), file: "c.yaml")
    #expect(config.hosts(with: .store).count == count)
    let warning = try #require(config.warnings.first)
    #expect(warning.hasPrefix("\(count) hosts have the role store, an even number"), "\(warning)")
    #expect(warning.contains("no more failures than \(count - 1) would"), "\(warning)")
  }

  @Test(arguments: [(0, "no host has the role store"), (10, "10 hosts have the role store: there may be 9 at most")])
  func whatMakesNoSenseIsRefused(_ count: Int, _ text: String) {
    do throws(ConfigError) {
      _ = try ClusterConfig(yaml: Self.yaml(stores: count), file: "c.yaml")
      Issue.record("\(count) stores were accepted")
    } catch {
      #expect(error.description.contains(text), "\(error)")
    }
  }
}
