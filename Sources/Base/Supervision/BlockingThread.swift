import Foundation

/// A thread for one call that blocks: the cooperative pool must not wait.
struct BlockingThread {
  let body: @Sendable () -> Void

  func start() {
    let thread = Thread { body() }
    thread.stackSize = 512 * 1024
    thread.start()
  }
}
