package import GRPC
package import NIOCore

/// How a client uses the endpoints of a store. Every field has a default.
package struct StoreClientConfiguration: Sendable {
  /// How requests are spread while all endpoints are well. Failures move on to the next endpoint either way.
  package enum Balancing: Sendable, Hashable {
    /// One endpoint for everything, chosen at random, until it fails: an answer is never older than the one before
    /// it, also for serialisable reads.
    case sticky
    /// The endpoint that leads, watches included: a linearisable read or a write spares itself, and the replicas, the
    /// way from a follower to the leader and back. Who leads is asked beside the requests, once a second while there
    /// are any, and soon after one has failed. While it is not known, and for ten seconds after it has failed while it
    /// led this term, as `sticky`. A serialisable read may be older than the answer before it when the endpoint
    /// changes.
    case leader
    /// The next endpoint for each request.
    case roundRobin
  }

  package var balancing = Balancing.sticky
  /// From a request to its answer, all attempts included.
  package var requestTimeout: TimeAmount = .seconds(10)
  /// For one attempt of a request that may be repeated: an endpoint that is slower is left for the next.
  package var attemptTimeout: TimeAmount = .seconds(3)
  /// The pause after every endpoint has failed once; doubled with each further round, up to the maximum.
  package var initialBackoff: TimeAmount = .milliseconds(25)
  package var maximumBackoff: TimeAmount = .milliseconds(500)
  /// Responses of one watch that wait for its reader. Beyond it the watch is taken off the connection, and goes on
  /// from where it was once its reader has caught up.
  package var watchBuffer = 1_024
  /// Whether small calls to an endpoint share one stream of its connection, where the endpoint knows how to
  /// (`GRPCSession`: our store does, etcd does not). It spares both sides the making of a stream for each. Reads of
  /// more than one key, whose answers may be large, have streams of their own.
  package var sharesStream = false
  package var connection = StoreClientConfiguration.defaultConnection

  package init() {}

  /// etcd's servers accept a ping in 5 s.
  private static var defaultConnection: GRPCConnectionConfiguration {
    var configuration = GRPCConnectionConfiguration()
    configuration.connectTimeout = .seconds(2)
    configuration.maximumBackoff = .seconds(2)
    configuration.keepAlive = GRPCKeepAlive(interval: .seconds(10), timeout: .seconds(4))
    configuration.maximumMessageSize = 1 << 30
    return configuration
  }
}
