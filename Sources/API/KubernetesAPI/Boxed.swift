package import JSONDocument

/// Keeps a large part of a struct on the heap, copied on write: the struct stays one word a part, and passing it round
/// costs one retain a part instead of one a string. The zero value needs no allocation.
@propertyWrapper
package struct Boxed<Value: JSONCodable>: Sendable, Equatable {
  private var box: Box<Value>?

  package init() {}
  package init(wrappedValue: Value) { box = Box(wrappedValue) }

  package var wrappedValue: Value {
    @inline(never) get { box?.value ?? Value() }
    @inline(never) set { replace(&box, with: newValue) }
    @inline(never) _modify {
      let own = uniqueBox(&box) { Value() }
      yield &own.value
    }
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.box === right.box || left.wrappedValue == right.wrappedValue
  }
}

/// The same for an optional part. Changing something within it copies the part once.
@propertyWrapper
package struct BoxedOptional<Value: JSONCodable>: Sendable, Equatable {
  private var box: Box<Value>?

  package init() {}
  package init(wrappedValue: Value?) { box = wrappedValue.map { Box($0) } }

  package var wrappedValue: Value? {
    @inline(never) get { box?.value }
    @inline(never) set {
      if let newValue {
        replace(&box, with: newValue)
      } else {
        box = nil
      }
    }
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.box === right.box || left.wrappedValue == right.wrappedValue
  }
}

/// Written to only while uniquely referenced, which is what makes sharing it between threads safe.
private final class Box<Value: JSONCodable>: @unchecked Sendable {
  var value: Value
  init(_ value: Value) { self.value = value }
}

private func replace<Value>(_ box: inout Box<Value>?, with value: Value) {
  if box != nil, isKnownUniquelyReferenced(&box), let box {
    box.value = value
  } else {
    box = Box(value)
  }
}

private func uniqueBox<Value>(_ box: inout Box<Value>?, zero: () -> Value) -> Box<Value> {
  if box != nil, isKnownUniquelyReferenced(&box), let box { return box }
  let own = Box(box?.value ?? zero())
  box = own
  return own
}
