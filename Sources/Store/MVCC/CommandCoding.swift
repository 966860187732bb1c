package import ByteCoding

extension Command {
  /// The format of the bytes below, in their first byte. A change of meaning takes a new number.
  package static let formatVersion: UInt8 = 1

  /// The command as the log carries it: format version, tag, fields.
  package func encoded() -> Bytes {
    var writer = ByteWriter(reservingCapacity: 64)
    encode(into: &writer)
    return writer.bytes
  }

  package func encode(into writer: inout ByteWriter) {
    writer.write(Self.formatVersion)
    switch self {
    case .put(let request):
      writer.write(UInt8(1))
      writer.write(request)
    case .deleteRange(let request):
      writer.write(UInt8(2))
      writer.write(request)
    case .transaction(let request):
      writer.write(UInt8(3))
      writer.write(request)
    case .compact(let revision):
      writer.write(UInt8(4))
      writer.write(zigzag: revision)
    case .leaseGrant(let id, let timeToLive):
      writer.write(UInt8(5))
      writer.write(zigzag: id)
      writer.write(zigzag: timeToLive)
    case .leaseRevoke(let id):
      writer.write(UInt8(6))
      writer.write(zigzag: id)
    }
  }

  /// Reads what ``encoded()`` wrote; anything else is an error.
  package init(decoding bytes: Bytes) throws(ByteCodingError) { try self.init(decoding: bytes[...]) }

  package init(decoding bytes: ArraySlice<UInt8>) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    let version = try reader.readByte()
    guard version == Self.formatVersion else {
      throw .unknownValue(UInt64(version), field: "command format version")
    }
    let tag = try reader.readByte()
    switch tag {
    case 1: self = .put(try reader.readPut())
    case 2: self = .deleteRange(try reader.readDeleteRange())
    case 3: self = .transaction(try reader.readTransaction(depth: 0))
    case 4: self = .compact(revision: try reader.readZigzag())
    case 5: self = .leaseGrant(id: try reader.readZigzag(), timeToLive: try reader.readZigzag())
    case 6: self = .leaseRevoke(id: try reader.readZigzag())
    default: throw .unknownValue(UInt64(tag), field: "command tag")
    }
    try reader.expectEnd()
  }
}

/// Transactions may nest; deeper than this they are refused, so that bytes from outside cannot exhaust a stack.
let maximumTransactionDepth = 16

extension ByteWriter {
  fileprivate mutating func write(_ range: KeyRange) {
    write(bytes: range.key)
    write(bytes: range.end)
  }

  fileprivate mutating func write(_ request: PutRequest) {
    write(bytes: request.key)
    write(bytes: request.value)
    write(zigzag: request.lease)
    write(
      UInt8(request.wantsPrevious ? 1 : 0) | (request.ignoresValue ? 2 : 0) | (request.ignoresLease ? 4 : 0))
  }

  fileprivate mutating func write(_ request: DeleteRangeRequest) {
    write(request.range)
    write(request.wantsPrevious)
  }

  fileprivate mutating func write(_ request: RangeRequest) {
    write(request.range)
    write(zigzag: request.limit)
    write(zigzag: request.revision)
    write(request.sortOrder.rawValue)
    write(request.sortTarget.rawValue)
    write(
      UInt8(request.isSerializable ? 1 : 0) | (request.keysOnly ? 2 : 0) | (request.countOnly ? 4 : 0))
    write(zigzag: request.minModRevision)
    write(zigzag: request.maxModRevision)
    write(zigzag: request.minCreateRevision)
    write(zigzag: request.maxCreateRevision)
  }

  fileprivate mutating func write(_ compare: Compare) {
    write(compare.range)
    write(compare.relation.rawValue)
    switch compare.target {
    case .version(let value):
      write(UInt8(0))
      write(zigzag: value)
    case .createRevision(let value):
      write(UInt8(1))
      write(zigzag: value)
    case .modRevision(let value):
      write(UInt8(2))
      write(zigzag: value)
    case .value(let value):
      write(UInt8(3))
      write(bytes: value)
    case .lease(let value):
      write(UInt8(4))
      write(zigzag: value)
    }
  }

  fileprivate mutating func write(_ operations: [Operation]) {
    write(varint: UInt64(operations.count))
    for operation in operations {
      switch operation {
      case .range(let request):
        write(UInt8(0))
        write(request)
      case .put(let request):
        write(UInt8(1))
        write(request)
      case .deleteRange(let request):
        write(UInt8(2))
        write(request)
      case .transaction(let request):
        write(UInt8(3))
        write(request)
      }
    }
  }

  fileprivate mutating func write(_ request: TransactionRequest) {
    write(varint: UInt64(request.compares.count))
    for compare in request.compares { write(compare) }
    write(request.success)
    write(request.failure)
  }
}

extension ByteReader {
  fileprivate mutating func readRange() throws(ByteCodingError) -> KeyRange {
    KeyRange(key: try readBytes(), end: try readBytes())
  }

  private mutating func readFlags(_ field: String) throws(ByteCodingError) -> UInt8 {
    let flags = try readByte()
    guard flags < 8 else { throw .unknownValue(UInt64(flags), field: field) }
    return flags
  }

  private mutating func readEnum<Value: RawRepresentable<UInt8>>(
    _ field: String
  ) throws(ByteCodingError) -> Value {
    let raw = try readByte()
    guard let value = Value(rawValue: raw) else { throw .unknownValue(UInt64(raw), field: field) }
    return value
  }

  fileprivate mutating func readPut() throws(ByteCodingError) -> PutRequest {
    var request = PutRequest(key: try readBytes(), value: try readBytes(), lease: try readZigzag())
    let flags = try readFlags("put flags")
    request.wantsPrevious = flags & 1 != 0
    request.ignoresValue = flags & 2 != 0
    request.ignoresLease = flags & 4 != 0
    return request
  }

  fileprivate mutating func readDeleteRange() throws(ByteCodingError) -> DeleteRangeRequest {
    DeleteRangeRequest(try readRange(), wantsPrevious: try readBool())
  }

  private mutating func readRangeRequest() throws(ByteCodingError) -> RangeRequest {
    var request = RangeRequest(try readRange(), limit: try readZigzag(), revision: try readZigzag())
    request.sortOrder = try readEnum("sort order")
    request.sortTarget = try readEnum("sort target")
    let flags = try readFlags("range flags")
    request.isSerializable = flags & 1 != 0
    request.keysOnly = flags & 2 != 0
    request.countOnly = flags & 4 != 0
    request.minModRevision = try readZigzag()
    request.maxModRevision = try readZigzag()
    request.minCreateRevision = try readZigzag()
    request.maxCreateRevision = try readZigzag()
    return request
  }

  private mutating func readCompare() throws(ByteCodingError) -> Compare {
    let range = try readRange()
    let relation: Compare.Relation = try readEnum("comparison")
    let tag = try readByte()
    let target: Compare.Target
    switch tag {
    case 0: target = .version(try readZigzag())
    case 1: target = .createRevision(try readZigzag())
    case 2: target = .modRevision(try readZigzag())
    case 3: target = .value(try readBytes())
    case 4: target = .lease(try readZigzag())
    default: throw .unknownValue(UInt64(tag), field: "comparison target")
    }
    return Compare(range, relation, target)
  }

  private mutating func readOperations(depth: Int) throws(ByteCodingError) -> [Operation] {
    let count = try readCount(minimumSize: 3)
    var operations: [Operation] = []
    operations.reserveCapacity(count)
    for _ in 0..<count {
      let tag = try readByte()
      switch tag {
      case 0: operations.append(.range(try readRangeRequest()))
      case 1: operations.append(.put(try readPut()))
      case 2: operations.append(.deleteRange(try readDeleteRange()))
      case 3: operations.append(.transaction(try readTransaction(depth: depth + 1)))
      default: throw .unknownValue(UInt64(tag), field: "operation tag")
      }
    }
    return operations
  }

  fileprivate mutating func readTransaction(depth: Int) throws(ByteCodingError) -> TransactionRequest {
    guard depth <= maximumTransactionDepth else {
      throw .unknownValue(UInt64(depth), field: "transaction depth")
    }
    let count = try readCount(minimumSize: 4)
    var compares: [Compare] = []
    compares.reserveCapacity(count)
    for _ in 0..<count { compares.append(try readCompare()) }
    let success = try readOperations(depth: depth)
    let failure = try readOperations(depth: depth)
    return TransactionRequest(compares: compares, success: success, failure: failure)
  }
}
