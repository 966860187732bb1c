/// The JSON names of a type's fields, found by their bytes without making a `String`.
///
/// A small open-addressing table, filled once; a generated type holds one as a static and switches over the
/// positions that `JSONReader.nextField(_:)` returns.
package struct FieldTable: Sendable {
  /// The names in the order of their positions.
  package let names: [String]
  private let bytes: [[UInt8]]
  /// Position + 1 of the name in that slot; 0 is free. The count is a power of two.
  private let slots: [UInt16]
  private let mask: Int

  /// Positions are the indices of `names`, which must be unique.
  package init(_ names: [String]) {
    var size = 4
    while size < names.count * 2 { size *= 2 }
    let bytes = names.map { Array($0.utf8) }
    var slots = [UInt16](repeating: 0, count: size)
    for (position, name) in bytes.enumerated() {
      var slot = name.withUnsafeBufferPointer { Self.hash($0) } & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt16(position + 1)
    }
    self.names = names
    self.bytes = bytes
    self.slots = slots
    self.mask = size - 1
  }

  /// The position of the name; nil if it is no field.
  func position(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    var slot = Self.hash(name) & mask
    while slots[slot] != 0 {
      let position = Int(slots[slot]) - 1
      let candidate = bytes[position]
      if candidate.count == name.count {
        let equal = candidate.withUnsafeBufferPointer { $0.elementsEqual(name) }
        if equal { return position }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// FNV-1a (Fowler, Noll, Vo), 32 bits.
  private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in name { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash)
  }
}
