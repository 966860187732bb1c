import ContainerRuntime
import Glibc

/// The end of a log, for termination messages.
enum LogTail {
  static func text(of path: String, lines: Int, bytes limit: Int) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    guard size > 0 else { return "" }
    let window = min(Int(size), 64 * 1024)
    var buffer = [UInt8](repeating: 0, count: window)
    let count = pread(descriptor, &buffer, window, size - off_t(window))
    guard count > 0 else { return "" }
    buffer.removeLast(window - count)
    let start = ContainerLogFormatter.tailStart(of: buffer, lines: lines, isWhole: true) ?? 0
    var formatter = ContainerLogFormatter(options: ContainerLogOptions())
    return String(decoding: formatter.format(Array(buffer[start...])).suffix(limit), as: UTF8.self)
  }
}
