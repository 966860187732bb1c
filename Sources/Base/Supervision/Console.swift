import Glibc

/// Prints a line at once, also into a pipe: long work shows how far it is, and nothing waits in a buffer when the
/// process ends.
package func say(_ line: String) { write(line, to: STDOUT_FILENO) }

/// Says on the error output how far something is, apart from what it prints as its result.
package func progress(_ text: String) { write("    \(text)", to: STDERR_FILENO) }

/// Who reads no more has had enough: that is no error here.
private func write(_ line: String, to descriptor: CInt) {
  var rest = Array("\(line)\n".utf8)[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if written < 0 && errno == EINTR { continue }
    guard written > 0 else { return }
    rest = rest.dropFirst(written)
  }
}
