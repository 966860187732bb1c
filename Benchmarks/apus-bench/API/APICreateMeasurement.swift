import BenchKit

/// Creates of config maps, a part of them in each round.
struct APICreateMeasurement: APIMeasurement {
  let common: CommonOptions
  let api: APIOptions

  var title: String {
    "Creates of \(Figures.text(Double(api.configMaps))) config maps with values of \(api.valueSize) bytes, "
      + "\(api.connections) connections, \(common.rounds) rounds"
  }
  var headlines: [Headline] {
    ["", ", by wrk"].flatMap { by in
      [
        Headline(Self.subject + by, "creates/s", aim: "2 × kube-apiserver's, 3,000 to 4,600"),
        Headline(Self.subject + by, "p99, ms"),
      ]
    }
  }

  private static let subject = "create"

  func measure(_ contenders: [APIContender]) async throws -> Measured {
    let kind = APIObjects.Kind.configMaps
    for contender in contenders { try await contender.ensure(namespace: kind.namespace) }
    // A round has one object at least.
    let batch = max(1, api.configMaps / common.rounds)
    var isWhole = true
    var rounds = APIRounds(of: "create", rounds: min(common.rounds, api.configMaps))
    try await rounds.add(Self.subject, contenders) { contender, number in
      let first = number * batch
      // The last makes up for what the division left.
      let end = number == min(common.rounds, api.configMaps) - 1 ? api.configMaps : first + batch
      let round = try await contender.create(
        kind, first..<end, in: kind.namespace, connections: api.connections)
      if round.load.count < end - first { isWhole = false }
      return round
    }
    // Else whoever needs them creates all again, and takes those for good that are there.
    if isWhole { for contender in contenders { contender.note(kind, filled: api.configMaps) } }
    let objects = api.objects
    try await rounds.add(Self.subject, byWrk: contenders) { contender, wrk, _ in
      try await contender.createByWrk(wrk, objects, connections: api.connections, seconds: common.seconds)
    }
    return rounds.result
  }
}

/// Updates of whole config maps, which say no version that they rest on.
struct APIUpdateMeasurement: APIMeasurement {
  let common: CommonOptions
  let api: APIOptions

  var title: String {
    "Updates of config maps with values of \(api.valueSize) bytes, \(api.connections) connections, "
      + "\(common.rounds) rounds of \(common.seconds) s"
  }
  var headlines: [Headline] { [.init(Self.subject, "updates/s"), .init(Self.subject, "p99, ms")] }

  private static let subject = "update"

  func measure(_ contenders: [APIContender]) async throws -> Measured {
    let kind = APIObjects.Kind.configMaps
    let (objects, count) = (api.objects, api.configMaps)
    for contender in contenders { try await contender.fill(kind, count, connections: api.connections) }
    var rounds = APIRounds(of: "update", rounds: common.rounds)
    try await rounds.add(Self.subject, contenders) { contender, _ in
      let first = contender.takeWrites()
      let door = contender.door
      let script = SingleRequests(
        statuses: [200],
        request: { number in
          // A walk over all that is not in their order. Each write changes something.
          let object = number * 7919 % count
          let document = objects.configMap(object, in: kind.namespace, write: first + number)
          return door.send("PUT", "\(kind.path)/\(APIObjects.name(object))", document)
        })
      return try await contender.run(
        connections: api.connections, time: common.time, limit: api.limit, script)
    }
    return rounds.result
  }
}
