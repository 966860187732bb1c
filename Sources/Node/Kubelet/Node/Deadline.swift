/// An operation was given up because it took too long.
struct DeadlineExceeded: Error, CustomStringConvertible {
  var description: String { "no answer in time" }
}

/// Runs an operation and cancels it after `limit`; then throws `DeadlineExceeded`.
func withDeadline<Result: Sendable>(
  _ limit: Duration, _ operation: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup(of: Result.self) { group in
    group.addTask { try await operation() }
    group.addTask {
      try await Task.sleep(for: limit)
      throw DeadlineExceeded()
    }
    defer { group.cancelAll() }
    guard let result = try await group.next() else { throw DeadlineExceeded() }
    return result
  }
}
