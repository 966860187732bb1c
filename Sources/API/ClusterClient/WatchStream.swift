import JSONDocument
import KubernetesAPI

/// One event of a watch.
package enum WatchEvent<Object: Sendable>: Sendable {
  case added(Object)
  case modified(Object)
  /// The object's last state.
  case deleted(Object)
  /// Nothing changed; the watch has come this far.
  case bookmark(resourceVersion: String)
  /// The server ends the watch: `isExpired` means to list again.
  case error(APIStatusError)
}

/// The events of one watch, in the order of their revisions. Ends when the server ends it; throws
/// `ClusterConnectionError` when the connection breaks or stays silent for too long, and
/// `ClusterDecodingError` on garbage. May be iterated once; dropping the iterator ends the watch.
package struct WatchStream<Object: Sendable>: AsyncSequence, Sendable {
  package typealias Element = WatchEvent<Object>
  package typealias Failure = any Error

  private let stream: ClusterByteStream
  private let codec: ObjectCodec<Object>

  init(stream: ClusterByteStream, codec: ObjectCodec<Object>) {
    self.stream = stream
    self.codec = codec
  }

  package func makeAsyncIterator() -> Iterator {
    Iterator(chunks: stream.body.makeAsyncIterator(), codec: codec)
  }

  package struct Iterator: AsyncIteratorProtocol {
    private var chunks: any AsyncIteratorProtocol<[UInt8], any Error>
    private let codec: ObjectCodec<Object>
    private var lines = LineSplitter()

    init(chunks: any AsyncIteratorProtocol<[UInt8], any Error>, codec: ObjectCodec<Object>) {
      self.chunks = chunks
      self.codec = codec
    }

    package mutating func next() async throws -> WatchEvent<Object>? {
      while true {
        while let line = lines.next() {
          if line.isEmpty { continue }
          return try Self.event(Array(line), codec: codec)
        }
        guard let chunk = try await chunks.next() else { return nil }
        guard lines.append(chunk) else {
          throw ClusterDecodingError(message: "watch of \(codec.resource.plural): an event larger than 64 MiB")
        }
      }
    }

    static func event(_ line: [UInt8], codec: ObjectCodec<Object>) throws(ClusterDecodingError) -> WatchEvent<Object> {
      do throws(JSONError) {
        var reader = JSONReader(line)
        var type: String?
        // Servers write the type first; an object that comes before it is read afterwards, from this copy.
        var early: JSONReader?
        var event: WatchEvent<Object>?
        try reader.beginObject()
        while let key = try reader.nextKey() {
          switch key {
          case "type": type = try reader.readString()
          case "object":
            if let type {
              event = try read(type, from: &reader, codec: codec)
            } else {
              early = reader
              try reader.skipValue()
            }
          default: try reader.skipValue()
          }
        }
        if event == nil, let type, var early { event = try read(type, from: &early, codec: codec) }
        if let event { return event }
      } catch {
        throw ClusterDecodingError(message: "watch of \(codec.resource.plural): \(error)")
      }
      throw ClusterDecodingError(message: "watch of \(codec.resource.plural): not an event of a known type")
    }

    private static func read(
      _ type: String, from reader: inout JSONReader, codec: ObjectCodec<Object>
    ) throws(JSONError) -> WatchEvent<Object>? {
      switch type {
      case "ADDED": return .added(try codec.read(&reader))
      case "MODIFIED": return .modified(try codec.read(&reader))
      case "DELETED": return .deleted(try codec.read(&reader))
      case "BOOKMARK":
        let bookmark = try ObjectCodec.metadata(of: codec.resource).read(&reader)
        return .bookmark(resourceVersion: bookmark.metadata.resourceVersion)
      case "ERROR": return .error(APIStatusError(status: try MetaV1.Status(from: &reader)))
      default:
        try reader.skipValue()
        return nil
      }
    }
  }
}

/// Cuts a byte stream into lines. Scans each byte once.
struct LineSplitter {
  static let maximumLine = 64 << 20

  private var buffer: [UInt8] = []
  private var start = 0
  private var scanned = 0

  /// Takes more bytes. `false`: the unfinished line has become too long.
  mutating func append(_ bytes: [UInt8]) -> Bool {
    if start > 0 {
      buffer.removeFirst(start)
      scanned -= start
      start = 0
    }
    buffer += bytes
    return buffer.count <= Self.maximumLine
  }

  /// The next whole line, without its end.
  mutating func next() -> ArraySlice<UInt8>? {
    while scanned < buffer.count {
      defer { scanned += 1 }
      if buffer[scanned] == UInt8(ascii: "\n") {
        let line = buffer[start..<scanned]
        start = scanned + 1
        return line
      }
    }
    return nil
  }
}
