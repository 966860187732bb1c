/// One line of a container's log file in CRI's format: `TIME STREAM TAG CONTENT`, where the tag starts with `F` when
/// the content ends a line of the container's output, and with `P` when the line goes on in the next entry.
package struct ContainerLogLine: Hashable, Sendable {
  package enum Stream: Hashable, Sendable { case stdout, stderr }

  /// The time as it stands in the file.
  package var timeText: ArraySlice<UInt8>
  package var stream: Stream
  package var isPartial: Bool
  package var content: ArraySlice<UInt8>

  /// Reads one line without its newline; nil when it is not in the format.
  package init?(_ line: ArraySlice<UInt8>) {
    let space = UInt8(ascii: " ")
    guard let first = line.firstIndex(of: space), let second = line[(first + 1)...].firstIndex(of: space) else {
      return nil
    }
    let rest = line[(second + 1)...]
    let tagEnd = rest.firstIndex(of: space) ?? rest.endIndex
    switch line[(first + 1)..<second] {
    case let name where name.elementsEqual("stdout".utf8): stream = .stdout
    case let name where name.elementsEqual("stderr".utf8): stream = .stderr
    default: return nil
    }
    switch rest[..<tagEnd].first {
    case UInt8(ascii: "F"): isPartial = false
    case UInt8(ascii: "P"): isPartial = true
    default: return nil
    }
    timeText = line[..<first]
    content = tagEnd == rest.endIndex ? rest[tagEnd...] : rest[(tagEnd + 1)...]
  }

  /// Nanoseconds since 1970.
  package var time: Int64? { LogTime.parse(timeText) }
}
