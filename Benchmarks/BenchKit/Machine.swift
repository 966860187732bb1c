import FoundationEssentials
import Glibc

/// The machine that the figures are true for.
package enum Machine {
  /// Processors, memory, kernel, the file system below a folder and how fast it syncs, and what else is going on.
  package static func describe(folder: String) -> [String] {
    var lines = ["\(processor), \(sysconf(CInt(_SC_NPROCESSORS_ONLN))) cores, \(memory); Linux \(kernel)"]
    lines.append("data on \(fileSystem(folder)); fdatasync after a 4-KiB append: \(syncs(folder))")
    lines.append("load average before: \(read("/proc/loadavg").split(separator: " ").prefix(3).joined(separator: " "))")
    #if DEBUG
      lines.append("DEBUG BUILD: these figures say nothing about speed or memory")
    #endif
    return lines
  }

  /// What all processors did since the start, in the kernel's ticks (`/proc/stat`, proc(5)).
  package struct ProcessorTime: Sendable {
    package var busy: Int64 = 0
    /// They were wanted, and the hypervisor ran other machines on them.
    package var stolen: Int64 = 0

    /// How much of the time in which they were wanted since then was not had, in percent; nil if nothing was wanted.
    package func stolenPercent(since earlier: ProcessorTime) -> Double? {
      let (busy, stolen) = (busy - earlier.busy, stolen - earlier.stolen)
      return busy + stolen > 0 ? 100 * Double(stolen) / Double(busy + stolen) : nil
    }
  }

  package static var processorTime: ProcessorTime {
    // user, nice, system, idle, iowait, irq, softirq, steal
    let fields = read("/proc/stat").prefix { !$0.isNewline }.split(separator: " ").dropFirst().map { Int64($0) ?? 0 }
    guard fields.count >= 8 else { return ProcessorTime() }
    return ProcessorTime(busy: fields[0] + fields[1] + fields[2] + fields[5] + fields[6], stolen: fields[7])
  }

  private static func read(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

  private static var kernel: String {
    String(read("/proc/sys/kernel/osrelease").prefix { !$0.isNewline })
  }

  private static var processor: String {
    let line = read("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
    guard let name = line?.split(separator: ":").last else { return "unknown processor" }
    return String(name.drop { $0 == " " })
  }

  private static var memory: String {
    let bytes = ProcessFigures.field("MemTotal", of: read("/proc/meminfo")) ?? 0
    return "\(Figures.text(Double(bytes) / Double(1 << 30))) GiB"
  }

  private static func fileSystem(_ folder: String) -> String {
    guard let real = realpath(folder, nil) else { return "?" }
    defer { free(real) }
    let path = String(cString: real)
    var best: (point: Substring, kind: Substring) = ("", "?")
    for line in read("/proc/self/mounts").split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 2 else { continue }
      let point = fields[1]
      let holds = point == "/" || path == point || path.hasPrefix("\(point)/")
      if holds && point.utf8.count >= best.point.utf8.count { best = (point, fields[2]) }
    }
    return "\(best.kind)"
  }

  /// What a store's write-ahead log does, by itself, 300 times.
  private static func syncs(_ folder: String) -> String {
    let path = "\(folder)/sync-probe"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return "unknown" }
    defer {
      close(descriptor)
      unlink(path)
    }
    let block = [UInt8](repeating: 0x5a, count: 4096)
    var times: [Int64] = []
    for _ in 0..<300 {
      guard write(descriptor, block, block.count) == block.count else { return "unknown" }
      let start = ContinuousClock.now
      guard fdatasync(descriptor) == 0 else { return "unknown" }
      times.append((ContinuousClock.now - start).nanoseconds)
    }
    times.sort()
    let (half, most) = (Statistics.percentile(50, ofSorted: times), Statistics.percentile(99, ofSorted: times))
    return "p50 \(Figures.text(half / 1000)) µs, p99 \(Figures.text(most / 1000)) µs"
  }
}

extension Duration {
  /// Whole nanoseconds.
  package var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }

  package var inSeconds: Double { Double(nanoseconds) / 1e9 }
}
