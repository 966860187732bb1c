import CLinux
import FoundationEssentials
import Glibc
import RaftCore
import Synchronization

/// The hosts' network: a TUN device in each namespace, and between them a thread that passes the packets on, or
/// does not.
///
/// In user space because kernels without `tc netem` can neither delay nor lose; so one thing does partitions (also of
/// one direction), delay, reordering, loss and duplicates. What it passes on in order and at once is what a switch does.
final class TrialNetwork: Sendable {
  /// A packet that is on its way.
  private struct Delayed {
    var due: Int
    var number: Int
    var to: Int
    var bytes: [UInt8]
  }

  private struct Shared {
    var conditions: [NetworkLink: LinkCondition] = [:]
    var isOver = false
    var passed = 0
    var dropped = 0
  }

  static let mtu = 16_000
  private static let mostDelayed = 20_000

  private let shared = Mutex(Shared())
  private let clock = TrialClock()

  /// 198.18.0.0/15 is for such trials (RFC 2544); there is no route out of the enclosure anyhow.
  static func address(ofPort port: Int) -> String { "198.18.9.\(port == 0 ? 1 : 10 + port)" }

  /// How many packets were passed on, and how many were lost on purpose.
  var figures: (passed: Int, dropped: Int) { shared.withLock { ($0.passed, $0.dropped) } }

  /// Opens a device in each namespace and starts to pass packets on.
  ///
  /// - Parameter namespaces: by port; nil for this process' own.
  init(namespaces: [String?], seed: UInt64) throws {
    var devices: [CInt] = []
    for namespace in namespaces { devices.append(try Self.openDevice(in: namespace)) }
    let opened = devices
    Self.thread { [self] in run(opened, seed) }
  }

  /// From now on. Links that are not named are well.
  func set(_ conditions: [NetworkLink: LinkCondition]) { shared.withLock { $0.conditions = conditions } }

  func close() { shared.withLock { $0.isOver = true } }

  // MARK: Devices

  private static func openDevice(in namespace: String?) throws -> CInt {
    let result = Mutex<Result<CInt, TrialTrouble>?>(nil)
    let ready = ThreadGate()
    thread {
      let outcome = Result { () throws(TrialTrouble) in try makeDevice(in: namespace) }
      result.withLock { $0 = outcome }
      ready.open()
    }
    ready.wait()
    guard let outcome = result.withLock({ $0 }) else { throw TrialTrouble("no device") }
    return try outcome.get()
  }

  /// On a thread of its own: it enters the namespace and never leaves it.
  private static func makeDevice(in namespace: String?) throws(TrialTrouble) -> CInt {
    func check(_ result: CInt, _ what: String) throws(TrialTrouble) -> CInt {
      guard result >= 0 else { throw TrialTrouble("\(what): \(String(cString: strerror(errno)))") }
      return result
    }
    if let namespace {
      let descriptor = try check(open(namespace, O_RDONLY | O_CLOEXEC), "open \(namespace)")
      defer { Glibc.close(descriptor) }
      _ = try check(apus_enter_network(descriptor), "enter \(namespace)")
    }
    let device = try check(open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK), "open /dev/net/tun")
    // struct ifreq: a name of 16 bytes, then the flags IFF_TUN and IFF_NO_PI.
    var request = [UInt8](repeating: 0, count: 40)
    request.replaceSubrange(0..<4, with: Array("net0".utf8))
    request[16] = 0x01
    request[17] = 0x10
    let setInterface: UInt = 0x4004_54ca
    _ = try check(request.withUnsafeMutableBytes { ioctl(device, setInterface, $0.baseAddress!) }, "TUNSETIFF")
    return device
  }

  private static func thread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
    defer { pthread_attr_destroy(&attributes) }
    let box = Unmanaged.passRetained(Box(body))
    let code = pthread_create(
      &thread, &attributes,
      { pointer in
        if let pointer { Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
    precondition(code == 0, "no thread: \(String(cString: strerror(code)))")
  }

  // MARK: Packets

  private func run(_ devices: [CInt], _ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var waiting: [Delayed] = []
    var number = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    defer { for device in devices { Glibc.close(device) } }
    while true {
      let (conditions, isOver) = shared.withLock { ($0.conditions, $0.isOver) }
      if isOver { return }
      var passed = 0
      var dropped = 0
      var polls = devices.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      let pause = waiting.first.map { max(0, min(50, ($0.due - clock.now + 999) / 1000)) } ?? 50
      _ = poll(&polls, nfds_t(polls.count), CInt(pause))
      for (port, item) in polls.enumerated() where item.revents & Int16(POLLIN) != 0 {
        // Not more at a time, so that none waits for the others.
        for _ in 0..<64 {
          let count = read(devices[port], &buffer, buffer.count)
          guard count >= 20 else { break }
          // IPv4 only: the last byte of the destination tells the port.
          guard buffer[0] >> 4 == 4, let target = Self.port(lastByte: buffer[19], of: devices.count) else { continue }
          let condition = conditions[NetworkLink(from: port, to: target)] ?? LinkCondition()
          if condition.isCut || condition.lost > 0 && Int.random(in: 0..<100, using: &random) < condition.lost {
            dropped += 1
            continue
          }
          passed += 1
          let isDoubled = condition.twice > 0 && Int.random(in: 0..<100, using: &random) < condition.twice
          for _ in 0..<(isDoubled ? 2 : 1) {
            if condition.delay.upperBound == 0 {
              _ = write(devices[target], &buffer, count)
            } else if waiting.count < Self.mostDelayed {
              number += 1
              let due = clock.now + Int.random(in: condition.delay, using: &random)
              Self.insert(
                Delayed(due: due, number: number, to: target, bytes: Array(buffer[..<count])), into: &waiting)
            }
          }
        }
      }
      let now = clock.now
      let due = waiting.prefix { $0.due <= now }.count
      for packet in waiting[..<due] {
        _ = packet.bytes.withUnsafeBytes { write(devices[packet.to], $0.baseAddress, $0.count) }
      }
      waiting.removeFirst(due)
      shared.withLock {
        $0.passed += passed
        $0.dropped += dropped
      }
    }
  }

  private static func port(lastByte: UInt8, of count: Int) -> Int? {
    let port = lastByte == 1 ? 0 : Int(lastByte) - 10
    return (0..<count).contains(port) ? port : nil
  }

  /// Sorted by due time.
  private static func insert(_ packet: Delayed, into waiting: inout [Delayed]) {
    var low = 0
    var high = waiting.count
    while low < high {
      let middle = (low + high) / 2
      if waiting[middle].due <= packet.due { low = middle + 1 } else { high = middle }
    }
    waiting.insert(packet, at: low)
  }
}

/// Blocks a thread until another one opens it.
private final class ThreadGate: Sendable {
  private let isOpen = Atomic(false)

  func open() { isOpen.store(true, ordering: .releasing) }

  func wait() { while !isOpen.load(ordering: .acquiring) { usleep(500) } }
}
