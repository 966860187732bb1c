import Glibc

/// What the kernel knows of this process, from `/proc/self` (proc(5)).
package struct ProcessFigures: Hashable, Sendable {
  /// Resident memory in bytes: all, and the anonymous part that figures in the documents mean.
  package var residentBytes: Int
  package var residentAnonymousBytes: Int
  /// Seconds of processor time, user and system.
  package var processorSeconds: Double
  package var openFiles: Int
  /// The address space, in bytes.
  package var virtualBytes = 0
  /// The most open files there may be.
  package var maximumFiles = 0
  /// When it started, in seconds since 1970.
  package var startTime = 0.0

  /// Figures that cannot be read are zero.
  package static func current() -> ProcessFigures {
    var figures = ProcessFigures(residentBytes: 0, residentAnonymousBytes: 0, processorSeconds: 0, openFiles: 0)
    for line in read("/proc/self/status").split(separator: "\n") {
      let fields = line.split(whereSeparator: \.isWhitespace)
      guard fields.count >= 2, let kilobytes = Int(fields[1]) else { continue }
      if fields[0] == "VmRSS:" { figures.residentBytes = kilobytes * 1024 }
      if fields[0] == "RssAnon:" { figures.residentAnonymousBytes = kilobytes * 1024 }
      if fields[0] == "VmSize:" { figures.virtualBytes = kilobytes * 1024 }
    }
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    // The name, in parentheses, may hold spaces: count from behind it.
    if let rest = read("/proc/self/stat").split(separator: ")").last {
      let fields = rest.split(separator: " ")
      if fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) {
        figures.processorSeconds = (user + system) / ticks
      }
      if fields.count > 19, let start = Double(fields[19]), let boot = bootTime {
        figures.startTime = boot + start / ticks
      }
    }
    if let directory = opendir("/proc/self/fd") {
      var count = 0
      while readdir(directory) != nil { count += 1 }
      closedir(directory)
      figures.openFiles = max(0, count - 3)
    }
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
      figures.maximumFiles = Int(clamping: limit.rlim_cur)
    }
    return figures
  }

  private static var bootTime: Double? {
    for line in read("/proc/stat", atMost: 1 << 20).split(separator: "\n") where line.hasPrefix("btime ") {
      return Double(line.dropFirst(6))
    }
    return nil
  }

  /// In Prometheus' text format, under the names of its client libraries.
  package var text: String {
    var text = PrometheusText()
    text.value("process_resident_memory_bytes", .gauge, "Resident memory size in bytes.", residentBytes)
    text.value(
      "apus_process_resident_anonymous_bytes", .gauge, "The part of the resident memory that no file backs, in bytes.",
      residentAnonymousBytes)
    text.value("process_virtual_memory_bytes", .gauge, "Virtual memory size in bytes.", virtualBytes)
    text.family("process_cpu_seconds_total", .counter, "User and system CPU time spent, in seconds.")
    text.sample(processorSeconds)
    text.value("process_open_fds", .gauge, "Number of open file descriptors.", openFiles)
    text.value("process_max_fds", .gauge, "Maximum number of open file descriptors.", maximumFiles)
    text.family("process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.")
    text.sample(startTime)
    return text.text
  }

  private static func read(_ path: String, atMost limit: Int = 8192) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 8192)
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
