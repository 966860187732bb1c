/// Which part of a container's log is wanted, and how it is shown.
package struct ContainerLogOptions: Hashable, Sendable {
  /// Go on when the end is reached, until the container has ended.
  package var follow = false
  /// Nanoseconds since 1970; older entries are left out.
  package var since: Int64?
  /// Only this many lines from the end.
  package var tailLines: Int?
  /// Put each line's time before it.
  package var timestamps = false
  /// Stop after this many bytes.
  package var limitBytes: Int?
  /// Only what the container wrote to this stream.
  package var stream: ContainerLogLine.Stream?

  package init() {}
}

/// Turns the bytes of a log file, in pieces of any size, into what a reader of the log is shown.
///
/// Entries that are one line of output in several parts become one line again, with one time. A line that is not in
/// the format (a torn write) is left out.
package struct ContainerLogFormatter: Sendable {
  private let options: ContainerLogOptions
  private var pending: [UInt8] = []
  /// Whether the next entry of a stream goes on with a line, and whether that line is shown.
  private var stdoutLine = OpenLine.none
  private var stderrLine = OpenLine.none
  private var remaining: Int?

  private enum OpenLine { case none, shown, hidden }

  /// A raw line longer than this is thrown away: no runtime writes one, and memory must not grow with what a file
  /// holds.
  package static let longestLine = 1 << 20

  package init(options: ContainerLogOptions) {
    self.options = options
    remaining = options.limitBytes
  }

  /// The limit of bytes is used up: nothing more will come.
  package var isExhausted: Bool { remaining.map { $0 <= 0 } ?? false }

  /// Forgets what is left of an unfinished line: the file was cut off or replaced.
  package mutating func startNewFile() { pending.removeAll() }

  /// What the next bytes of the file add.
  package mutating func format(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var rest = bytes[...]
    while !isExhausted, let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      if pending.isEmpty {
        append(rest[..<newline], to: &output)
      } else {
        pending.append(contentsOf: rest[..<newline])
        let line = pending
        pending.removeAll(keepingCapacity: true)
        append(line[...], to: &output)
      }
      rest = rest[(newline + 1)...]
    }
    if pending.count + rest.count <= Self.longestLine { pending.append(contentsOf: rest) } else { pending.removeAll() }
    return output
  }

  private mutating func append(_ raw: ArraySlice<UInt8>, to output: inout [UInt8]) {
    guard let line = ContainerLogLine(raw) else { return }
    if let wanted = options.stream, wanted != line.stream { return }
    let isStdout = line.stream == .stdout
    var state = isStdout ? stdoutLine : stderrLine
    let startsLine = state == .none
    if startsLine {
      let isOld = options.since.map { since in line.time.map { $0 < since } ?? false } ?? false
      state = isOld ? .hidden : .shown
    }
    if state == .shown {
      var piece: [UInt8] = []
      if startsLine, options.timestamps {
        piece.append(contentsOf: line.timeText)
        piece.append(UInt8(ascii: " "))
      }
      piece.append(contentsOf: line.content)
      if !line.isPartial { piece.append(UInt8(ascii: "\n")) }
      if let left = remaining {
        output.append(contentsOf: piece.prefix(left))
        remaining = left - min(left, piece.count)
      } else {
        output.append(contentsOf: piece)
      }
    }
    let next: OpenLine = line.isPartial ? state : .none
    if isStdout { stdoutLine = next } else { stderrLine = next }
  }

  /// Where the last `lines` whole lines of a log begin, as an offset into `bytes`, which is the log's end. Nil when
  /// `bytes` may not reach back far enough. `isWhole` says that `bytes` is all of the log.
  package static func tailStart(of bytes: [UInt8], lines: Int, isWhole: Bool) -> Int? {
    guard lines > 0 else { return bytes.count }
    var wanted = lines
    var end = bytes.count
    // What follows the last newline is a line still being written: it goes with the line before it.
    while end > 0, bytes[end - 1] != UInt8(ascii: "\n") { end -= 1 }
    while end > 0 {
      var start = end - 1
      while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
      if start == 0, !isWhole { return nil }
      let line = ContainerLogLine(bytes[start..<(end - 1)])
      if line?.isPartial == false {
        if wanted == 0 { return end }
        wanted -= 1
      }
      end = start
    }
    return isWhole ? 0 : nil
  }
}
