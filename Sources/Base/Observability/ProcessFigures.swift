import Glibc

/// What the kernel knows of this process, from `/proc/self` (proc(5)).
package struct ProcessFigures: Hashable, Sendable {
  /// Resident memory in bytes: all, and the anonymous part that figures in the documents mean.
  package var residentBytes: Int
  package var residentAnonymousBytes: Int
  /// Seconds of processor time, user and system.
  package var processorSeconds: Double
  package var openFiles: Int

  /// Figures that cannot be read are zero.
  package static func current() -> ProcessFigures {
    var figures = ProcessFigures(residentBytes: 0, residentAnonymousBytes: 0, processorSeconds: 0, openFiles: 0)
    for line in read("/proc/self/status").split(separator: "\n") {
      let fields = line.split(whereSeparator: \.isWhitespace)
      guard fields.count >= 2, let kilobytes = Int(fields[1]) else { continue }
      if fields[0] == "VmRSS:" { figures.residentBytes = kilobytes * 1024 }
      if fields[0] == "RssAnon:" { figures.residentAnonymousBytes = kilobytes * 1024 }
    }
    // The name, in parentheses, may hold spaces: count from behind it.
    if let rest = read("/proc/self/stat").split(separator: ")").last {
      let fields = rest.split(separator: " ")
      if fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) {
        figures.processorSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
      }
    }
    if let directory = opendir("/proc/self/fd") {
      var count = 0
      while readdir(directory) != nil { count += 1 }
      closedir(directory)
      figures.openFiles = max(0, count - 3)
    }
    return figures
  }

  var exposition: String {
    """
    # TYPE process_resident_memory_bytes gauge
    process_resident_memory_bytes \(residentBytes)
    # TYPE apus_process_resident_anonymous_bytes gauge
    apus_process_resident_anonymous_bytes \(residentAnonymousBytes)
    # TYPE process_cpu_seconds_total counter
    process_cpu_seconds_total \(processorSeconds)
    # TYPE process_open_fds gauge
    process_open_fds \(openFiles)

    """
  }

  private static func read(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 8192)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}
