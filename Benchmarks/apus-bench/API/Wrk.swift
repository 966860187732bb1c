import BenchKit
import FoundationEssentials

/// `wrk` (https://github.com/wg/wrk), the load generator that the issue's figures of kube-apiserver were taken with. It
/// costs less of the processors than this program's own client, and it is somebody else's.
///
/// What it asks for is said by a script in Lua, of which each of its threads has a copy; at the end it prints one line
/// for this program to read. It cannot show a client's certificate, so that it comes with a service account's token.
struct Wrk: Sendable {
  static let missing = "no wrk was found (PATH, or the variable WRK): no rows by wrk"

  /// What came of one run.
  struct Found: Sendable {
    /// Answers that were no errors.
    var count: Int
    var seconds: Double
    /// Percentiles of all answers, in milliseconds, as wrk says them.
    var p50: Double
    var p99: Double
    var failures: Int
    /// What they were.
    var failure: String?
    /// Processor time of wrk.
    var wrkSeconds: Double
  }

  let program: String
  /// Where its script and its output lie.
  let folder: String

  private static let mark = "apus-bench"

  /// Nil where it is not installed.
  init?(folder: String) {
    guard let peer = Peer.wrk() else { return nil }
    program = peer.program
    self.folder = folder
  }

  /// Runs it to its end; it ends with this program.
  ///
  /// - Parameter request: see ``Request``.
  func run(_ request: Request, authority: String, connections: Int, seconds: Int) async throws -> Found {
    let threads = min(2, connections)
    let (script, log) = ("\(folder)/wrk.lua", "\(folder)/wrk.log")
    try Data(Self.script(request, threads: threads).utf8).write(to: URL(filePath: script))
    try? FileManager.default.removeItem(atPath: log)
    let before = ProcessFigures.childrenSeconds
    let process = try Program(
      name: "wrk",
      command: [
        program, "--threads", "\(threads)", "--connections", "\(connections)", "--duration", "\(seconds)s", "--latency",
        "--script", script, "https://\(authority)/",
      ], log: log)
    defer { process.stop() }
    try await process.waitForEnd(.seconds(seconds + 30))
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    guard var found = Self.read(text) else { throw Program.Failure("wrk said no figures:\n\(process.lastLines)") }
    found.wrkSeconds = ProcessFigures.childrenSeconds - before
    guard found.count > 0 else { throw Program.Failure("wrk: nothing succeeded: \(found.failure ?? "no time")") }
    return found
  }

  /// Reads the line that the script prints.
  private static func read(_ text: String) -> Found? {
    guard let line = text.split(separator: "\n").last(where: { $0.hasPrefix("\(mark) ") }) else { return nil }
    var figures: [String: Double] = [:]
    for word in line.split(separator: " ").dropFirst() {
      let parts = word.split(separator: "=")
      if parts.count == 2, let value = Double(parts[1]), value.isFinite { figures[String(parts[0])] = value }
    }
    guard let requests = figures["requests"], let duration = figures["duration"], let p50 = figures["p50"],
      let p99 = figures["p99"], duration > 0
    else { return nil }
    var wrong: [(kind: String, count: Int)] = []
    for kind in ["status", "connect", "read", "write", "timeout"] {
      if let count = figures[kind], count > 0 { wrong.append((kind, Int(count))) }
    }
    let told = wrong.map { "\($0.count) of \($0.kind)" }.joined(separator: ", ")
    return Found(
      count: Int(requests - (figures["status"] ?? 0)), seconds: duration / 1e6, p50: p50 / 1000, p99: p99 / 1000,
      failures: wrong.reduce(0) { $0 + $1.count },
      failure: told.isEmpty ? nil : "wrk counted errors: \(told)",
      wrkSeconds: 0)
  }
}

extension Wrk {
  /// What is asked for: text before and after a number that each request has of its own.
  struct Request: Sendable {
    var head: String
    var tail: String
    /// In Lua: the number, from `ticket`, which counts the requests of all threads from 0.
    var number: String
    /// Digits of the number, with zeros before it.
    var digits: Int

    /// Gets of the objects `bench-000000` and so on, in an order that is not theirs.
    static func get(_ collection: String, _ query: String, count: Int, authority: String, token: String) -> Request {
      Request(
        head: "GET \(collection)/bench-",
        tail: "\(query) HTTP/1.1\r\n\(headers(authority, token))\r\n", number: "ticket * 7919 % \(count)", digits: 6)
    }

    /// Creates by documents that have their name between `before` and `after`. The names are `bench-` and nine digits,
    /// from `first` on.
    static func create(
      _ collection: String, before: String, after: String, first: Int, authority: String, token: String
    ) -> Request {
      let length = before.utf8.count + "bench-".utf8.count + 9 + after.utf8.count
      let type = "Content-Type: application/json\r\nContent-Length: \(length)\r\n"
      return Request(
        head: "POST \(collection) HTTP/1.1\r\n\(headers(authority, token))\(type)\r\n\(before)bench-", tail: after,
        number: "\(first) + ticket", digits: 9)
    }

    private static func headers(_ authority: String, _ token: String) -> String {
      "Host: \(authority)\r\nUser-Agent: apus-bench\r\nAccept: application/json\r\n"
        + "Authorization: Bearer \(token)\r\n"
    }
  }

  /// `setup` runs for each thread before any has started, outside of them; `done` after the last has ended.
  private static func script(_ request: Request, threads: Int) -> String {
    #"""
    local head = \#(quoted(request.head))
    local tail = \#(quoted(request.tail))
    local made = 0
    local step = 0

    function setup(thread)
      thread:set("place", made)
      made = made + 1
    end

    function request()
      local ticket = step * \#(threads) + place
      step = step + 1
      return head .. string.format("%0\#(request.digits)d", \#(request.number)) .. tail
    end

    function done(summary, latency, requests)
      local errors = summary.errors
      io.write(string.format(
        "\n\#(mark) requests=%.0f duration=%.0f p50=%.0f p99=%.0f",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99)))
      io.write(string.format(
        " status=%.0f connect=%.0f read=%.0f write=%.0f timeout=%.0f\n",
        errors.status, errors.connect, errors.read, errors.write, errors.timeout))
    end

    """#
  }

  /// A string as Lua has it.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += "\\\(Character(UnicodeScalar(byte)))"
      case 0x20..<0x7f: result.append(Character(UnicodeScalar(byte)))
      default:
        // Three digits, so that one that follows is not taken for a part of it.
        let code = String(byte)
        result += "\\" + String(repeating: "0", count: 3 - code.utf8.count) + code
      }
    }
    return result + "\""
  }
}
