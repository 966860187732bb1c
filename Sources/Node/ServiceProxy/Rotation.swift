/// Takes turns over the endpoints of one service port. Pure: time comes in with each call.
///
/// An endpoint that refused a connection, or that a health check found dead, is passed over until its penalty ends,
/// unless there is no other: a guess is better than a refusal.
package struct Rotation: Sendable {
  /// How long an endpoint that could not be reached is passed over. Default 1 s.
  package var penalty: Duration = .seconds(1)

  package private(set) var endpoints: [Endpoint] = []
  private var cursor = 0
  private var penalties: [Endpoint: Duration] = [:]
  private var dead: Set<Endpoint> = []

  package init(_ endpoints: [Endpoint] = []) { self.endpoints = endpoints }

  /// Replaces the endpoints; what is known of those that stay is kept.
  package mutating func update(_ endpoints: [Endpoint]) {
    self.endpoints = endpoints
    let present = Set(endpoints)
    penalties = penalties.filter { present.contains($0.key) }
    dead.formIntersection(present)
  }

  /// The next endpoint, or nil when none is left.
  ///
  /// - Parameters:
  ///   - tried: those that this connection has tried already.
  ///   - now: since any fixed moment.
  package mutating func pick(excluding tried: [Endpoint] = [], now: Duration) -> Endpoint? {
    guard !endpoints.isEmpty else { return nil }
    var secondChoice: Int?
    for step in 0..<endpoints.count {
      let index = (cursor + step) % endpoints.count
      let endpoint = endpoints[index]
      if tried.contains(endpoint) { continue }
      if dead.contains(endpoint) || penalties[endpoint].map({ $0 > now }) ?? false {
        if secondChoice == nil { secondChoice = index }
        continue
      }
      cursor = index + 1
      return endpoint
    }
    guard let secondChoice else { return nil }
    cursor = secondChoice + 1
    return endpoints[secondChoice]
  }

  /// Notes that an endpoint could not be reached.
  package mutating func failed(_ endpoint: Endpoint, now: Duration) {
    guard endpoints.contains(endpoint) else { return }
    penalties[endpoint] = now + penalty
  }

  /// Notes that an endpoint was reached.
  package mutating func succeeded(_ endpoint: Endpoint) { penalties[endpoint] = nil }

  /// Notes what a health check found.
  package mutating func setHealth(_ endpoint: Endpoint, isAlive: Bool) {
    guard endpoints.contains(endpoint) else { return }
    if isAlive { dead.remove(endpoint) } else { dead.insert(endpoint) }
  }
}
