import ArgumentParser
import BenchKit
import Supervision

/// `apus-bench api`: one front-end on three members of ours, or on one, beside kube-apiserver over as many of etcd.
///
/// Each kind of measurement stands in a file of its own in this folder and is an ``APIMeasurement``; ``APIContender`` is
/// the front-end and who asks it. The load is bytes on kept connections: ``FrontEndDoor``, ``RequestLoop``,
/// ``WatchConnection``; and ``Wrk`` beside it.
struct APIBenchmark: Benchmark {
  static let configuration = CommandConfiguration(
    commandName: "api", abstract: "The API: one front-end on three members, or one, over TLS.",
    discussion: """
      Straight to the front-end, with the administrator's certificate. It measures, in this order: \
      \(APIKind.allCases.map(\.rawValue).joined(separator: ", ")). Beside it stands a kube-apiserver over as many \
      members of etcd, where there is one (PATH, or the variable KUBE_APISERVER; dev/kube-apiserver builds it from \
      Debian's source). --beside-etcd puts a second front-end of ours over members of etcd, which compares the stores. \
      Where wrk is installed (PATH, or the variable WRK), creates and gets are measured with it as well. See \
      docs/benchmarks.md.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var api: APIOptions

  func measure(_ findings: Findings) async throws {
    let contenders = try await start()
    let wanted = APIKind.allCases.filter { api.only.isEmpty || api.only.contains($0) }
    var summary = emptyReport("The API in short", contenders)
    var errors: [String] = []
    for kind in wanted {
      let measurement = kind.measurement(options, api)
      let (found, wrong) = try await report(measurement, contenders)
      try findings.publish(found)
      summary.rows += measurement.headlines.compactMap { $0.row(of: found, in: kind.rawValue) }
      errors += wrong.map { "\(kind.rawValue): \($0)" }
    }
    for contender in contenders {
      await contender.close()
      contender.trio.stop()
    }
    summary.notes = [
      "aims are those of the issue, which says them as multiples of kube-apiserver's figures; the numbers are those "
        + "multiples of what kube-apiserver 1.20 over one member of etcd 3.5 did on another machine of this kind"
    ]
    if wanted.count > 1 { try findings.publish(summary: summary) }
    guard errors.isEmpty else { throw Program.Failure(errors.joined(separator: "\n")) }
  }

  /// What a report's head says of the store where it is not the usual one.
  private var behind: String { api.members == 1 ? "; ONE member of the store" : "" }

  private func emptyReport(_ title: String, _ contenders: [APIContender]) -> Report {
    let names = contenders.map(\.name)
    let peer = contenders.last { !$0.trio.isOursInFront }?.name
    return Report(title: title + behind, participants: names, compared: peer.map { [names[0], $0] })
  }

  /// Starts members and front-ends, and looks at what these have in memory before anybody asks them for anything.
  private func start() async throws -> [APIContender] {
    let program = try options.program()
    let parent = try options.scratch()
    var trios: [Trio] = []
    if api.besideEtcd {
      trios = try Trio.pair(program: program, parent: parent, size: api.members)
    } else {
      trios.append(try Trio(.apus, number: 0, size: api.members, program: program, parent: parent))
    }
    if let etcd = Peer.etcd(), let kubernetes = Peer.kubeAPIServer() {
      trios.append(
        try Trio(
          .etcd(etcd), frontEnd: .kubernetes(kubernetes), number: 2, size: api.members, program: program,
          parent: parent))
    }
    var contenders: [APIContender] = []
    for trio in trios {
      try await trio.start()
      try await trio.startFrontEnd()
      contenders.append(try APIContender(trio, objects: api.objects))
    }
    progress("leaving them alone for \(api.settle) s")
    try await Task.sleep(for: .seconds(api.settle))
    for contender in contenders { contender.noteIdle() }
    for contender in contenders { try await contender.warmUp(connections: api.connections) }
    return contenders
  }

  private static let missingPeer =
    "no kube-apiserver with an etcd was found (PATH, or the variables KUBE_APISERVER and ETCD; dev/kube-apiserver "
    + "builds one): nothing to compare with"

  /// - Returns: the report, and what went wrong.
  private func report(
    _ measurement: any APIMeasurement, _ contenders: [APIContender]
  ) async throws -> (Report, [String]) {
    for contender in contenders { contender.begin() }
    let watches = contenders.map { MemoryWatch($0) }
    var report = emptyReport(measurement.title, contenders)
    let found: Measured
    do { found = try await measurement.measure(contenders) } catch {
      for watch in watches { _ = watch.stop() }
      throw error
    }
    var memory = Series()
    for (contender, watch) in zip(contenders, watches) {
      memory.add(contender.name, "RssAnon of the front-end, MiB", contender.memory)
      memory.add(contender.name, "the most of it meanwhile, MiB", watch.stop())
    }
    report.rows = found.rows + memory.rows("after the last round")
    report.notes = found.notes + found.errors.map { "ERROR: \($0)" }
    for contender in contenders { report.notes += contender.notes() }
    if api.besideEtcd, Peer.etcd() == nil { report.notes.append(Trio.missingPeer) }
    if !contenders.contains(where: { !$0.trio.isOursInFront }) { report.notes.append(Self.missingPeer) }
    return (report, found.errors)
  }
}

/// What can be measured, in the order in which it is.
enum APIKind: String, CaseIterable, ExpressibleByArgument {
  case start, creates, updates, gets, lists, watchers, memory, restart

  func measurement(_ common: CommonOptions, _ api: APIOptions) -> any APIMeasurement {
    switch self {
    case .start: APIStartMeasurement(api: api, hasObjects: false)
    case .creates: APICreateMeasurement(common: common, api: api)
    case .updates: APIUpdateMeasurement(common: common, api: api)
    case .gets: APIGetMeasurement(common: common, api: api)
    case .lists: APIListMeasurement(common: common, api: api)
    case .watchers: APIWatchMeasurement(common: common, api: api)
    case .memory: APIMemoryMeasurement(api: api)
    case .restart: APIStartMeasurement(api: api, hasObjects: true)
    }
  }
}

/// One kind of measurement: all of its rounds, on all front-ends that take part in turn.
protocol APIMeasurement: Sendable {
  var title: String { get }
  /// The rows that tell most.
  var headlines: [Headline] { get }
  func measure(_ contenders: [APIContender]) async throws -> Measured
}
