package import Testing

/// Waits until a condition holds, looking again and again; what every test waits with.
///
/// The limit says that something never comes, not how fast it ought to be: it is far above what any machine takes, and
/// no test is to be green or red by it. When it is over, the issue names what was waited for, for how long, and where,
/// and the test ends: what follows in it would fail for the same reason.
///
/// - Parameters:
///   - what: what is to become true.
///   - limit: a minute by default; more for what takes long by itself.
///   - interval: the pause between two looks; longer where a look costs a program of its own.
///   - detail: what to add to the issue, such as a log's lines.
///   - condition: an error that it throws ends the wait.
package func eventually(
  _ what: String, within limit: Duration = .seconds(60), every interval: Duration = .milliseconds(5),
  isolation: isolated (any Actor)? = #isolation, sourceLocation: SourceLocation = #_sourceLocation,
  detail: () async throws -> String = { "" }, _ condition: () async throws -> Bool
) async throws {
  let start = ContinuousClock.now
  while try await !condition() {
    let waited = ContinuousClock.now - start
    if waited >= limit {
      let more = try await detail()
      try #require(
        Bool(false), "waited \(waited.components.seconds) s for this: \(what)\(more.isEmpty ? "" : "\n\(more)")",
        sourceLocation: sourceLocation)
    }
    try await Task.sleep(for: interval)
  }
}

/// Waits until this gives a value, and returns it.
package func eventually<Value>(
  _ what: String, within limit: Duration = .seconds(60), every interval: Duration = .milliseconds(5),
  isolation: isolated (any Actor)? = #isolation, sourceLocation: SourceLocation = #_sourceLocation,
  detail: () async throws -> String = { "" }, value: () async throws -> Value?
) async throws -> Value {
  var found: Value?
  try await eventually(
    what, within: limit, every: interval, isolation: isolation, sourceLocation: sourceLocation, detail: detail
  ) {
    found = try await value()
    return found != nil
  }
  return try #require(found)
}
