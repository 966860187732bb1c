import BenchKit

/// Gets of single config maps: linearisable ones, before which the front-end asks the store how far it is, and those
/// that any state of its cache will do for.
struct APIGetMeasurement: APIMeasurement {
  let common: CommonOptions
  let api: APIOptions

  var title: String {
    "Gets of single config maps, \(api.connections) connections, \(common.rounds) rounds of \(common.seconds) s"
  }
  var headlines: [Headline] {
    [
      .init("linearisable", "gets/s", aim: "4 × kube-apiserver's, 14,000"), .init("linearisable", "p99, ms"),
      .init("cached", "gets/s", aim: "4 × kube-apiserver's, 33,000"), .init("cached", "p99, ms"),
      .init("linearisable, by wrk", "gets/s", aim: "4 × kube-apiserver's, 14,000"),
      .init("linearisable, by wrk", "p99, ms"),
      .init("cached, by wrk", "gets/s", aim: "4 × kube-apiserver's, 33,000"), .init("cached, by wrk", "p99, ms"),
    ]
  }

  func measure(_ contenders: [APIContender]) async throws -> Measured {
    let kind = APIObjects.Kind.configMaps
    let count = api.configMaps
    for contender in contenders { try await contender.fill(kind, count, connections: api.connections) }
    var rounds = APIRounds(of: "get", rounds: common.rounds)
    for (subject, query) in [("linearisable", ""), ("cached", "?resourceVersion=0")] {
      try await rounds.add(subject, contenders) { contender, _ in
        let door = contender.door
        let script = SingleRequests(
          statuses: [200],
          judge: { bytes in
            guard bytes > 100 else { throw Program.Failure("an object of \(bytes) bytes") }
            return 1
          },
          request: { number in
            // A walk over all that is not in their order.
            door.get("\(kind.path)/\(APIObjects.name(number * 7919 % count))\(query)")
          })
        return try await contender.run(
          connections: api.connections, time: common.time, limit: api.limit, script)
      }
      try await rounds.add(subject, byWrk: contenders) { contender, wrk, _ in
        try await contender.getByWrk(
          wrk, kind, query, count: count, connections: api.connections, seconds: common.seconds)
      }
    }
    return rounds.result
  }
}
