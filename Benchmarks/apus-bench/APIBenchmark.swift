import ArgumentParser
import BenchKit
import ClusterClient
import FoundationEssentials
import Supervision

/// `apus-bench api`: creates, gets and lists through one front-end.
struct APIBenchmark: Benchmark {
  static let configuration = CommandConfiguration(
    commandName: "api", abstract: "Object creates, gets and lists a second through one front-end on three members.",
    discussion: """
      HTTP/1.1 over TLS with kept connections, straight to the front-end. Where etcd is installed, a second front-end \
      of the same program runs over three members of etcd: that compares the stores, not the front-ends, for which \
      there is no peer on these machines.
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable { case configmaps, pods }

  @OptionGroup var options: CommonOptions

  @Option(help: "How many objects there are in the end.")
  var objects = 10_000

  @Option(help: "What is created: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
  var kind = Kind.configmaps

  @Option(help: "How many connections create and get at once.")
  var connections = 16

  @Option(help: "Objects on a page of a list.")
  var page = 500

  func measure(_ findings: Findings) async throws {
    let trios = try Trio.pair(program: try options.program(), parent: try options.scratch())
    var participants: [APILoad] = []
    for trio in trios {
      try await trio.start()
      try await trio.startFrontEnd()
      participants.append(try APILoad(trio, kind: kind, connections: connections))
    }
    var report = Report(
      title: "API: one front-end on three members, \(objects) \(kind.rawValue), \(connections) connections, "
        + "\(options.rounds) rounds",
      participants: participants.map(\.name))
    for participant in participants { try await participant.warmUp() }
    report.rows += try await creates(participants)
    var listed: [String: Int] = [:]
    for participant in participants { listed[participant.name] = try await participant.count() }
    for (name, count) in listed where count != objects {
      report.notes.append("\(name): the list holds \(count) objects, not \(objects)")
    }
    report.rows += try await rounds("get", participants, ["gets/s": { $0.rate }]) { participant in
      try await participant.gets(of: objects, time: options.time)
    }
    report.rows += try await rounds(
      "list of all, 1 connection", participants, ["lists/s": { $0.rate }, "objects/s": { $0.unitRate }]
    ) { participant in
      try await participant.lists(page: nil, expected: listed[participant.name] ?? 0, time: options.time)
    }
    report.rows += try await rounds(
      "list by \(page), 1 connection", participants, ["lists/s": { $0.rate }, "objects/s": { $0.unitRate }]
    ) { participant in
      try await participant.lists(page: page, expected: listed[participant.name] ?? 0, time: options.time)
    }
    report.rows.append(
      .init(
        "after the last round", "RssAnon of the front-end, MiB",
        Dictionary(uniqueKeysWithValues: trios.map { ($0.names.frontEnd, Self.memory($0)) })))
    report.notes.append("no kube-apiserver is packaged in Debian: the front-end itself has no peer here")
    for participant in participants {
      report.notes += participant.notes()
      await participant.close()
    }
    try findings.publish(report)
  }

  private func creates(_ participants: [APILoad]) async throws -> [Report.Row] {
    let batch = objects / options.rounds
    var figures = Series()
    for (round, order) in Rounds.order(participants: participants.count, rounds: options.rounds).enumerated() {
      let first = round * batch
      // The last makes up for what the division left.
      let count = round == options.rounds - 1 ? objects - first : batch
      for participant in order.map({ participants[$0] }) {
        progress("create, round \(round + 1) of \(options.rounds): \(participant.name)")
        let before = participant.processorSeconds
        let load = try await participant.creates(first..<(first + count))
        figures.add(participant.name, load, ["creates/s": { $0.rate }])
        figures.add(
          participant.name, "front-end's CPU, µs a create",
          (participant.processorSeconds - before) * 1e6 / Double(load.count))
        figures.add(
          participant.name, "this program's CPU, µs a create", load.ownSeconds * 1e6 / Double(load.count))
      }
    }
    return figures.rows("create")
  }

  private func rounds(
    _ subject: String, _ participants: [APILoad], _ metrics: KeyValuePairs<String, (Load) -> Double>,
    _ body: (APILoad) async throws -> Load
  ) async throws -> [Report.Row] {
    var figures = Series()
    for (round, order) in Rounds.order(participants: participants.count, rounds: options.rounds).enumerated() {
      for participant in order.map({ participants[$0] }) {
        progress("\(subject), round \(round + 1) of \(options.rounds): \(participant.name)")
        let before = participant.processorSeconds
        let load = try await body(participant)
        figures.add(participant.name, load, metrics)
        figures.add(
          participant.name, "front-end's CPU, µs each",
          (participant.processorSeconds - before) * 1e6 / Double(load.count))
        figures.add(participant.name, "this program's CPU, µs each", load.ownSeconds * 1e6 / Double(load.count))
      }
    }
    return figures.rows(subject)
  }

  private static func memory(_ trio: Trio) -> [Double] {
    trio.frontEnd.flatMap { ProcessFigures.memory($0.pid) }.map { [Double($0.anonymous) / Double(1 << 20)] } ?? []
  }
}
