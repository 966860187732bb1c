import ClusterConfig
import ContainerRuntime
import Foundation
import HTTPServer
import Kubelet
import KubernetesAPI
import Logging
import NIOPosix
import Testing

@Suite("The kubelet's port")
struct KubeletServerTests {
  @Test("a log's parameters are read, and nonsense is refused")
  func parameters() throws {
    let query = HTTPQuery(encoded: "follow=true&tailLines=5&timestamps=1&limitBytes=10&sinceSeconds=3&stream=Stderr")
    let options = try LogQuery.options(query, now: 10 * second)
    #expect(options.follow && options.timestamps)
    #expect(
      options.tailLines == 5 && options.limitBytes == 10 && options.since == 7 * second && options.stream == .stderr)
    #expect(try LogQuery.options(HTTPQuery(encoded: "sinceTime=1970-01-01T00:00:01Z"), now: 0).since == second)
    #expect(try LogQuery.options(HTTPQuery(encoded: ""), now: 0) == ContainerLogOptions())
    for bad in [
      "tailLines=-1", "tailLines=x", "limitBytes=0", "sinceTime=yesterday", "follow=maybe", "stream=both",
      "sinceSeconds=1&sinceTime=1970-01-01T00:00:01Z",
    ] {
      #expect(throws: LogQuery.Failure.self) { try LogQuery.options(HTTPQuery(encoded: bad), now: 0) }
    }
  }
}
