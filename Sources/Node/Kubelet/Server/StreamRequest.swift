package import ContainerRuntime
package import HTTPServer

/// What a request for streams is about, under the kubelet's own names for paths and parameters:
///
///     /exec/NAMESPACE/POD[/UID]/CONTAINER?command=…&input=1&output=1&error=1&tty=1
///     /attach/NAMESPACE/POD[/UID]/CONTAINER?input=1&output=1&error=1
///     /portForward/NAMESPACE/POD[/UID]?port=…
package struct StreamRequest: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case exec(container: String, command: [String], ProcessStreams)
    /// Whether there is a terminal is the container's own matter.
    case attach(container: String, ProcessStreams)
    case portForward(ports: [Int32])
  }

  package struct Failure: Error, Hashable, CustomStringConvertible {
    package enum Code: Hashable, Sendable { case noSuchPath, badRequest }
    package var code: Code
    package var description: String
  }

  package var namespace: String
  package var pod: String
  /// "": any.
  package var uid: String
  package var kind: Kind

  package init(path: [String], query: HTTPQuery) throws(Failure) {
    let namesContainer = path.first != "portForward"
    let least = namesContainer ? 4 : 3
    guard path.count == least || path.count == least + 1 else {
      throw Failure(code: .noSuchPath, description: "404 page not found")
    }
    namespace = path[1]
    pod = path[2]
    uid = path.count > least ? path[3] : ""
    switch path[0] {
    case "exec":
      kind = .exec(
        container: path[path.count - 1], command: query.all("command"), try Self.streams(query, tty: nil))
    case "attach": kind = .attach(container: path[path.count - 1], try Self.streams(query, tty: false))
    case "portForward": kind = .portForward(ports: try Self.ports(query))
    default: throw Failure(code: .noSuchPath, description: "404 page not found")
    }
  }

  private static func streams(_ query: HTTPQuery, tty: Bool?) throws(Failure) -> ProcessStreams {
    func wants(_ name: String) -> Bool { ["1", "true"].contains(query[name] ?? "") }
    let streams = ProcessStreams(
      stdin: wants("input"), stdout: wants("output"), stderr: wants("error"), tty: tty ?? wants("tty"))
    guard !streams.isEmpty else {
      throw Failure(code: .badRequest, description: "you must specify at least 1 of stdin, stdout, stderr")
    }
    return streams
  }

  /// Each parameter may name several, separated by commas.
  private static func ports(_ query: HTTPQuery) throws(Failure) -> [Int32] {
    var ports: [Int32] = []
    for text in query.all("port").flatMap({ $0.split(separator: ",") }) {
      guard let port = Int32(text), (1...65535).contains(port) else {
        throw Failure(code: .badRequest, description: "port \"\(text)\" is not a number from 1 to 65535")
      }
      ports.append(port)
    }
    return ports
  }
}
