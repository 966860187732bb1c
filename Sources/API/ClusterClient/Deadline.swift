/// An operation did not end in time.
package struct DeadlineExceeded: Error, Sendable, CustomStringConvertible {
  package init() {}

  package var description: String { "no answer in time" }
}

/// Runs an operation and cancels it when it takes longer than `limit`, which is then `DeadlineExceeded`.
/// The operation has to heed cancellation: this waits for its end.
package func withDeadline<T: Sendable>(
  _ limit: Duration, _ operation: @escaping @Sendable () async throws -> T
) async throws -> T {
  try await withThrowingTaskGroup(of: T?.self) { group in
    group.addTask { try await operation() }
    group.addTask {
      try await Task.sleep(for: limit)
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let value = first else { throw DeadlineExceeded() }
    return value
  }
}
