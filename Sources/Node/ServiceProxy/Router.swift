import ClusterConfig
import Synchronization

/// Where an accepted connection goes: asked by the listeners, on any event loop.
package protocol ConnectionRouter: Sendable {
  /// The endpoint to try next, or nil when there is none (left).
  ///
  /// - Parameters:
  ///   - destination: what the client connected to.
  ///   - tried: those that this connection has tried already.
  func pick(_ destination: Endpoint, excluding tried: [Endpoint]) -> Endpoint?
  func failed(_ destination: Endpoint, _ endpoint: Endpoint)
  func succeeded(_ destination: Endpoint, _ endpoint: Endpoint)
}

/// Routes by the service table of the node. Changes touch only what comes after them: connections that are
/// established stay as they are.
package final class ServiceRouter: ConnectionRouter {
  fileprivate struct State {
    var table = ServiceTable()
    var rotations: [Frontend: Rotation] = [:]
  }

  private let state = Mutex(State())
  private let epoch = ContinuousClock.now

  package init() {}

  package var table: ServiceTable { state.withLock { $0.table } }

  /// - Returns: the table before.
  @discardableResult
  package func update(_ table: ServiceTable) -> ServiceTable {
    state.withLock { state in
      let old = state.table
      state.table = table
      for frontend in Array(state.rotations.keys) where table.entries[frontend] == nil {
        state.rotations[frontend] = nil
      }
      for (frontend, entry) in table.entries where old.entries[frontend] != entry {
        state.rotations[frontend, default: Rotation()].update(entry.endpoints)
      }
      return old
    }
  }

  package func pick(_ destination: Endpoint, excluding tried: [Endpoint]) -> Endpoint? {
    let now = ContinuousClock.now - epoch
    return state.withLock { state in
      guard let frontend = state.frontend(destination) else { return nil }
      return state.rotations[frontend]?.pick(excluding: tried, now: now)
    }
  }

  package func failed(_ destination: Endpoint, _ endpoint: Endpoint) {
    let now = ContinuousClock.now - epoch
    state.withLock { state in
      guard let frontend = state.frontend(destination) else { return }
      state.rotations[frontend]?.failed(endpoint, now: now)
    }
  }

  package func succeeded(_ destination: Endpoint, _ endpoint: Endpoint) {
    state.withLock { state in
      guard let frontend = state.frontend(destination) else { return }
      state.rotations[frontend]?.succeeded(endpoint)
    }
  }
}

extension ServiceRouter.State {
  /// A cluster address by address and port; else a node port.
  fileprivate func frontend(_ destination: Endpoint) -> Frontend? {
    let exact = Frontend(address: destination.address, port: destination.port)
    if rotations[exact] != nil { return exact }
    let nodePort = Frontend(address: nil, port: destination.port)
    return rotations[nodePort] != nil ? nodePort : nil
  }
}

/// Routes everything to one set of endpoints: the balancer in front of the front-ends.
package final class BalancerRouter: ConnectionRouter {
  private let rotation: Mutex<Rotation>
  private let epoch = ContinuousClock.now

  package init(_ endpoints: [Endpoint]) { rotation = Mutex(Rotation(endpoints)) }

  package func pick(_ destination: Endpoint, excluding tried: [Endpoint]) -> Endpoint? {
    let now = ContinuousClock.now - epoch
    return rotation.withLock { $0.pick(excluding: tried, now: now) }
  }

  package func failed(_ destination: Endpoint, _ endpoint: Endpoint) {
    let now = ContinuousClock.now - epoch
    rotation.withLock { $0.failed(endpoint, now: now) }
  }

  package func succeeded(_ destination: Endpoint, _ endpoint: Endpoint) { rotation.withLock { $0.succeeded(endpoint) } }

  package func setHealth(_ endpoint: Endpoint, isAlive: Bool) {
    rotation.withLock { $0.setHealth(endpoint, isAlive: isAlive) }
  }
}
