import BenchKit

/// Whole lists of config maps and of pods: linearisable, from the cache, of those with a label, and by pages.
///
/// What a list holds is counted once, before its rounds; in them an answer has to have as many bytes.
struct APIListMeasurement: APIMeasurement {
  let common: CommonOptions
  let api: APIOptions

  var title: String {
    "Lists, \(api.listConnections == 1 ? "1 connection" : "\(api.listConnections) connections"), "
      + "\(common.rounds) rounds of \(common.seconds) s"
  }

  var headlines: [Headline] {
    var headlines = [
      // The figure of the issue is of 15,000 config maps of 600 bytes.
      Headline("\(configMaps), linearisable", "p50, ms", aim: "a fifth of kube-apiserver's, 64 to 82"),
      Headline("\(configMaps), cached", "p50, ms"),
    ]
    for count in api.pods {
      headlines += [.init("\(pods(count)), linearisable", "p50, ms"), .init("\(pods(count)), cached", "p50, ms")]
    }
    return headlines
  }

  private var configMaps: String { "\(Figures.text(Double(api.configMaps))) config maps" }
  private func pods(_ count: Int) -> String { "\(Figures.text(Double(count))) pods" }

  func measure(_ contenders: [APIContender]) async throws -> Measured {
    var measured = Measured()
    for contender in contenders {
      try await contender.fill(.configMaps, api.configMaps, connections: api.connections)
    }
    try await whole(.configMaps, configMaps, api.configMaps, contenders, &measured)
    for count in api.pods {
      for contender in contenders {
        guard let round = try await contender.fill(.pods, count, connections: api.connections) else { continue }
        measured.rows += created(round, count, of: contender)
      }
      // Where an earlier kind of measurement has made more of them, these are lists of more.
      try await whole(.pods, pods(count), count, contenders, &measured)
      try await selected(pods(count), count, contenders, &measured)
      try await paged(pods(count), count, contenders, &measured)
    }
    return measured
  }

  /// The filling says what creates of pods are like.
  private func created(_ round: APIContender.Round, _ count: Int, of contender: APIContender) -> [Report.Row] {
    let creates = Double(round.load.count)
    var figures = Series()
    figures.add(contender.name, round.load, ["creates/s": { $0.rate }])
    figures.add(contender.name, "front-end's CPU, µs a create", round.frontEndSeconds * 1e6 / creates)
    return figures.rows("creates up to \(pods(count))")
  }

  /// All of a kind.
  private func whole(
    _ kind: APIObjects.Kind, _ what: String, _ count: Int, _ contenders: [APIContender], _ measured: inout Measured
  ) async throws {
    for (way, query) in [("linearisable", ""), ("cached", "resourceVersion=0")] {
      try await lists("\(what), \(way)", kind.path, query, count, contenders, &measured)
    }
  }

  /// Those with one label's value: one in a hundred.
  private func selected(
    _ what: String, _ count: Int, _ contenders: [APIContender], _ measured: inout Measured
  ) async throws {
    let part = 7
    let expected = (0..<count).reduce(0) { $0 + ($1 % APIObjects.parts == part ? 1 : 0) }
    try await lists(
      "\(what), those with a label", APIObjects.Kind.pods.path, "labelSelector=part%3D\(part)", expected, contenders,
      &measured)
  }

  private func lists(
    _ subject: String, _ path: String, _ query: String, _ count: Int, _ contenders: [APIContender],
    _ measured: inout Measured
  ) async throws {
    var expected: [String: APIContender.Listing] = [:]
    for contender in contenders {
      // As it is asked in the rounds: the query is encoded already.
      let listing = try await contender.look(query.isEmpty ? path : "\(path)?\(query)")
      expected[contender.name] = listing
      measured.demand(listing.objects == count, "\(contender.name): \(subject): there are \(listing.objects)")
    }
    var rounds = APIRounds(of: "list", rounds: common.rounds)
    try await rounds.add(subject, contenders) { contender, _ in
      let (door, listing) = (contender.door, expected[contender.name] ?? .init(objects: 0, bytes: 0))
      let script = SingleRequests(
        statuses: [200],
        judge: { bytes in
          // The list's own version may have grown by a digit.
          guard abs(bytes - listing.bytes) <= 64 else {
            throw Program.Failure("a list of \(bytes) bytes instead of \(listing.bytes)")
          }
          return listing.objects
        },
        request: { _ in door.get(query.isEmpty ? path : "\(path)?\(query)") })
      return try await contender.run(
        connections: api.listConnections, time: common.time, limit: api.limit, script)
    }
    measured.rows += rounds.result.rows
    measured.rows.append(
      .init(subject, "MB a list", expected.mapValues { [Double($0.bytes) / 1e6] }))
    measured.notes += rounds.result.notes
  }

  private func paged(
    _ what: String, _ count: Int, _ contenders: [APIContender], _ measured: inout Measured
  ) async throws {
    let path = APIObjects.Kind.pods.path
    var expected: [String: APIContender.Listing] = [:]
    for contender in contenders { expected[contender.name] = try await contender.look(path) }
    var rounds = APIRounds(of: "list", rounds: common.rounds)
    try await rounds.add("\(what), by \(api.page)", contenders) { contender, _ in
      let listing = expected[contender.name] ?? .init(objects: 0, bytes: 0)
      let script = PageWalk(contender.door, path: path, page: api.page, expected: listing)
      return try await contender.run(
        connections: api.listConnections, time: common.time, limit: api.limit, script)
    }
    measured.rows += rounds.result.rows
    measured.notes += rounds.result.notes
  }
}
