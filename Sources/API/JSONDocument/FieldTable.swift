/// The JSON names of a type's fields, found by their bytes without making a `String`.
///
/// A small open-addressing table, filled once; a generated type holds one as a static and switches over the
/// positions that `JSONReader.nextField(_:)` returns.
package struct FieldTable: Sendable {
  /// The names in the order of their positions.
  package let names: [String]
  /// As many as a power of two, at least twice as many as there are names.
  private let slots: [Slot]

  private struct Slot {
    var mark = Mark()
    /// Position + 1 of the name; 0 is free.
    var occupant: UInt16 = 0
  }

  /// Positions are the indices of `names`, which must be unique.
  package init(_ names: [String]) {
    var size = 4
    while size < names.count * 2 { size *= 2 }
    var slots = [Slot](repeating: Slot(), count: size)
    for (position, name) in names.enumerated() {
      let mark = Array(name.utf8).withUnsafeBufferPointer { Mark($0) }
      var slot = mark.hash & (size - 1)
      while slots[slot].occupant != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Slot(mark: mark, occupant: UInt16(position + 1))
    }
    self.names = names
    self.slots = slots
  }

  /// The position of the name; nil if it is no field.
  func position(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    let mark = Mark(name)
    return slots.withUnsafeBufferPointer { slots in
      var slot = mark.hash & (slots.count - 1)
      while slots[slot].occupant != 0 {
        if slots[slot].mark == mark {
          let position = Int(slots[slot].occupant) - 1
          if mark.isWhole || names[position].utf8.elementsEqual(name) { return position }
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }
  }
}

/// A name's length, first bytes and last bytes: two words at most, which overlap in a name that is shorter than both.
private struct Mark: Equatable {
  private var first: UInt64 = 0
  private var last: UInt64 = 0
  private var count = 0

  init() {}

  init(_ name: UnsafeBufferPointer<UInt8>) {
    count = name.count
    let bytes = UnsafeRawBufferPointer(name)
    switch count {
    case 0: break
    case 1...3:
      first = UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1]) << 16
    case 4...7:
      first = UInt64(bytes.loadUnaligned(as: UInt32.self))
      last = UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
    default:
      first = bytes.loadUnaligned(as: UInt64.self)
      last = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    }
  }

  /// Nothing of the name is outside of it: names of the same mark are the same.
  var isWhole: Bool { count <= 16 }

  /// What spreads well enough over few slots: the high half of a product.
  var hash: Int {
    let mixed = (first ^ (last << 29 | last >> 35) ^ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 32)
  }
}
