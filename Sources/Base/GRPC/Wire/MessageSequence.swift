import NIOCore

/// The messages of one stream's inbound direction, as bytes, with demand passed back to the HTTP/2 window.
typealias MessageSequence = NIOThrowingAsyncSequenceProducer<
  ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, MessageDemand
>

/// Tells a stream's channel handler that the consumer wants more, or is gone.
final class MessageDemand: NIOAsyncSequenceProducerDelegate {
  private let onDemand: @Sendable () -> Void
  private let onGone: @Sendable () -> Void

  init(onDemand: @escaping @Sendable () -> Void, onGone: @escaping @Sendable () -> Void) {
    self.onDemand = onDemand
    self.onGone = onGone
  }

  func produceMore() { self.onDemand() }
  func didTerminate() { self.onGone() }
}

extension MessageSequence {
  /// Messages that wait for the consumer: reading stops at the upper bound and goes on at the lower.
  static func make(demand: MessageDemand) -> NewSequence {
    Self.makeSequence(
      elementType: ByteBuffer.self, failureType: (any Error).self,
      backPressureStrategy: .init(lowWatermark: 8, highWatermark: 64), finishOnDeinit: true, delegate: demand)
  }
}
