import BenchKit
import ClusterClient
import Synchronization

/// Requests to one front-end.
final class APILoad: Sendable {
  let name: String
  private let kind: APIBenchmark.Kind
  private let connections: Int
  private let client: ClusterClient
  private let frontEnd: Int32
  private let record = Mutex<(failures: Int, failure: String?)>((0, nil))

  init(_ trio: Trio, kind: APIBenchmark.Kind, connections: Int) throws {
    name = trio.names.frontEnd
    self.kind = kind
    self.connections = connections
    client = try trio.clusterClient(connections: connections)
    frontEnd = trio.frontEnd?.pid ?? 0
  }

  /// Of the front-end.
  var processorSeconds: Double { ProcessFigures.processorSeconds([frontEnd]) }

  private var path: String { "/api/v1/namespaces/default/\(kind.rawValue)" }

  private static func name(_ number: Int) -> String {
    let digits = String(number)
    return "bench-" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
  }

  /// Opens the connections, and creates and removes a few objects, uncounted.
  func warmUp() async throws {
    let objects = 1_000_000..<1_000_200
    _ = try await creates(objects)
    _ = try await Load.run(workers: connections, time: .seconds(60), limit: objects.count) { [self] number in
      try await client.send(
        ClusterRequest(
          .delete, "\(path)/\(Self.name(objects.lowerBound + number))", contentType: "application/json",
          body: Array(#"{"gracePeriodSeconds":0}"#.utf8))
      ).count
    }
  }

  func creates(_ numbers: Range<Int>) async throws -> Load {
    try await noting {
      try await Load.run(workers: connections, time: .seconds(120), limit: numbers.count) { [self] number in
        let body = document(numbers.lowerBound + number)
        return try await client.send(ClusterRequest(.post, path, contentType: "application/json", body: body)).count
      }
    }
  }

  func gets(of objects: Int, time: Duration) async throws -> Load {
    try await noting {
      try await Load.run(workers: connections, time: time, limit: 500_000) { [self] number in
        // A walk over all that is not in their order.
        try await client.send(ClusterRequest(.get, "\(path)/\(Self.name(number * 7919 % objects))")).count
      }
    }
  }

  /// Whole lists one after the other, by pages or at once; an operation is one whole list, its units are objects.
  func lists(page: Int?, expected: Int, time: Duration) async throws -> Load {
    try await noting {
      try await Load.run(workers: 1, time: time, limit: 100_000) { [self] _ in
        var objects = 0
        var token = ""
        repeat {
          var query: [ClusterRequest.QueryItem] = []
          if let page { query.append(.init("limit", "\(page)")) }
          if !token.isEmpty { query.append(.init("continue", token)) }
          let body = try await client.send(ClusterRequest(.get, path, query: query))
          token = Self.continueToken(body)
          objects += page == nil ? expected : min(page ?? 0, expected - objects)
        } while !token.isEmpty && objects < expected
        return objects
      }
    }
  }

  /// Counts what a list holds: outside of the rounds, to be sure that they list what they say.
  func count() async throws -> Int {
    let body = try await client.send(ClusterRequest(.get, path))
    let mark = Array(#""name":"bench-"#.utf8)
    var count = 0
    var index = body.startIndex
    while index + mark.count <= body.count {
      if body[index] == mark[0] && body[index..<(index + mark.count)].elementsEqual(mark) { count += 1 }
      index += 1
    }
    return count
  }

  func notes() -> [String] {
    record.withLock { record in
      record.failure.map { ["\(name): \(record.failures) requests failed and do not count; the first: \($0)"] } ?? []
    }
  }

  func close() async { await client.shutdown() }

  private func noting(_ body: () async throws -> Load) async throws -> Load {
    let load = try await body()
    record.withLock { record in
      record.failures += load.failures
      if record.failure == nil { record.failure = load.failure }
    }
    return load
  }

  /// The token of the list's metadata, which stands before its items or after them: the client's own work must stay
  /// small, so nothing is parsed.
  private static func continueToken(_ body: [UInt8]) -> String {
    let mark = Array(#""continue":""#.utf8)
    func find(_ range: Range<Int>) -> String? {
      guard range.count >= mark.count else { return nil }
      for index in range.lowerBound...(range.upperBound - mark.count)
      where body[index] == mark[0] && body[index..<(index + mark.count)].elementsEqual(mark) {
        return String(decoding: body[(index + mark.count)...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
      }
      return nil
    }
    let some = min(2048, body.count)
    return find(0..<some) ?? find((body.count - some)..<body.count) ?? ""
  }

  private func document(_ number: Int) -> [UInt8] {
    let metadata =
      #""metadata":{"name":"\#(Self.name(number))","namespace":"default","labels":{"app":"bench","part":"\#(number % 10)"}}"#
    switch kind {
    case .configmaps:
      let value = String(repeating: "0123456789abcdef", count: 16)
      return Array(#"{"apiVersion":"v1","kind":"ConfigMap",\#(metadata),"data":{"value":"\#(value)"}}"#.utf8)
    case .pods:
      return Array(
        #"""
        {"apiVersion":"v1","kind":"Pod",\#(metadata),"spec":{"containers":[{"name":"server","image":"apus-demo:v1",\#
        "ports":[{"containerPort":8080}],"resources":{"requests":{"cpu":"10m","memory":"8Mi"}}}]}}
        """#.utf8)
    }
  }
}

extension Trio {
  /// What its parts are called in reports.
  var names: (members: String, frontEnd: String) { (name, name == "apus" ? "apus" : "apus over \(name)") }
}
