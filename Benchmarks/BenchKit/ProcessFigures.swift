import FoundationEssentials
import Glibc

/// What the kernel says about a process.
package enum ProcessFigures {
  /// Memory in bytes.
  package struct Memory: Hashable, Sendable {
    /// What it has for itself: heap and stacks (`RssAnon` of `/proc/PID/status`).
    package var anonymous: Int
    /// All that is in memory, shared or not (`Rss` of `smaps_rollup`).
    package var resident: Int
    /// As before, with what is shared divided by those who share it (`Pss`).
    package var proportional: Int
  }

  /// Nil when there is no such process, or it may not be read.
  package static func memory(_ pid: Int32) -> Memory? {
    guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
      let anonymous = field("RssAnon", of: status)
    else { return nil }
    let rollup = (try? String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8)) ?? ""
    guard let resident = field("Rss", of: rollup), let proportional = field("Pss", of: rollup) else { return nil }
    return Memory(anonymous: anonymous, resident: resident, proportional: proportional)
  }

  /// What a process has for itself in bytes, as ``Memory/anonymous``, but cheap enough to be asked for ten times a
  /// second. Nil when there is no such process.
  package static func anonymous(_ pid: Int32) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else { return nil }
    return field("RssAnon", of: status)
  }

  /// A line such as `Rss:    1234 kB`, in bytes.
  package static func field(_ name: String, of text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix("\(name):") {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      return words.count > 1 ? Int(words[1]).map { $0 * 1024 } : nil
    }
    return nil
  }

  /// Processor time that this process has used so far, in seconds.
  package static var ownSeconds: Double { processorSeconds([getpid()]) }

  /// Processor time that children of this process have used that have ended and been waited for, in seconds.
  package static var childrenSeconds: Double {
    let tick = Double(sysconf(CInt(_SC_CLK_TCK)))
    guard let text = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
      let rest = text.split(separator: ")").last
    else { return 0 }
    let fields = rest.split(separator: " ")
    guard fields.count > 14, let user = Double(fields[13]), let system = Double(fields[14]) else { return 0 }
    return (user + system) / tick
  }

  /// Processor time that processes have used so far, all together, in seconds; those that are gone count as zero.
  package static func processorSeconds(_ pids: [Int32]) -> Double {
    let tick = Double(sysconf(CInt(_SC_CLK_TCK)))
    return pids.reduce(0) { sum, pid in
      guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
        let rest = text.split(separator: ")").last
      else { return sum }
      let fields = rest.split(separator: " ")
      guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return sum }
      return sum + (user + system) / tick
    }
  }

  /// The processes whose command line contains a text, this one excluded, with their arguments.
  package static func find(_ text: String) -> [(pid: Int32, arguments: [String])] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { Int32($0) }.filter { $0 != getpid() }.sorted().compactMap { pid in
      guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline"), !data.isEmpty else { return nil }
      let arguments = data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      return arguments.contains { $0.contains(text) } ? (pid, arguments) : nil
    }
  }
}
