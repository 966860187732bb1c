import JSONDocument

extension TypedFields {
  /// The same as `created` over a document, from and to text: what is owned is written down along the way, and of most
  /// values nothing is made. Nil: nothing is owned.
  /// - Parameter json: the document's text, in which no object has two members of one name.
  /// - Throws: when it is no JSON.
  func created(
    _ json: [UInt8], from empty: JSONValue, unowned: FieldSet, resets: FieldSet
  ) throws(JSONError) -> [UInt8]? {
    var walk = CreatorWalk(self, json)
    guard try walk.members(of: root, over: empty, FieldSet.Node(children: unowned), resets) else { return nil }
    return [UInt8(ascii: "{")] + walk.text + [UInt8(ascii: "}")]
  }
}

/// A walk along the text of a new object that writes what its creator owns.
private struct CreatorWalk {
  /// What has been written; of a place the members, without the braces around them.
  private(set) var text: [UInt8] = []
  private let fields: TypedFields
  private var reader: JSONReader
  private static let itself = Array(#"".":{}"#.utf8)

  init(_ fields: TypedFields, _ json: [UInt8]) {
    self.fields = fields
    reader = JSONReader(json)
    text.reserveCapacity(512)
  }

  /// Writes what is owned below the place that the reader stands before. Returns whether anything is owned there, the
  /// place itself included.
  private mutating func place(
    _ type: MergeType, over old: JSONValue?, _ unowned: FieldSet.Node?, _ resets: FieldSet
  ) throws(JSONError) -> Bool {
    if case .any = type.type { return try document(type, over: old, unowned, resets) }
    switch fields.schema.shape(of: type, sample: nil) {
    case .leaf:
      let isUnowned = unowned?.isMember == true
      guard let old, !isUnowned else {
        try reader.skipValue()
        return !isUnowned
      }
      return try !old.isSame(as: reader.readValue())
    case .map, .structure:
      guard try reader.peekKind() == .object else { return try document(type, over: old, unowned, resets) }
      return try members(of: type, over: old, unowned, resets)
    case .set, .keyed: return try document(type, over: old, unowned, resets)
    }
  }

  /// The same for an object.
  mutating func members(
    of type: MergeType, over old: JSONValue?, _ unowned: FieldSet.Node?, _ resets: FieldSet
  ) throws(JSONError) -> Bool {
    let isMember = old == nil && unowned?.isMember != true
    let oldObject = old?.objectValue
    let start = text.count
    if isMember { text += Self.itself }
    var found: [(name: String, place: Range<Int>)] = []
    found.reserveCapacity(8)
    try reader.beginObject()
    while let name = try reader.nextKey() {
      let element = PathElement.field(name)
      let reset = resets.isEmpty ? nil : resets[element]
      if reset?.isMember == true {
        try reader.skipValue()
        continue
      }
      let end = text.count
      if end > start { text.append(UInt8(ascii: ",")) }
      let begin = text.count
      text += #""f:"#.utf8
      JSONWriter.appendEscaped(name, to: &text)
      text += #"":{"#.utf8
      let isOwned = try place(
        fields.schema.type(at: element, below: type), over: oldObject?[name], unowned?.children[element],
        reset?.children ?? FieldSet())
      if isOwned {
        text.append(UInt8(ascii: "}"))
        found.append((name, begin..<text.count))
      } else {
        text.removeLast(text.count - end)
      }
    }
    if found.isEmpty {
      // Braces with nothing between them say that it is a member.
      text.removeLast(text.count - start)
      return isMember
    }
    putInOrder(&found, from: start, isMember: isMember)
    return true
  }

  /// Members go by their names in the records, not as they stand in the object.
  private mutating func putInOrder(
    _ found: inout [(name: String, place: Range<Int>)], from start: Int, isMember: Bool
  ) {
    let isInOrder = zip(found, found.dropFirst()).allSatisfy { $0.name < $1.name }
    if isInOrder { return }
    found.sort { $0.name < $1.name }
    let written = text[start...]
    text.removeLast(text.count - start)
    if isMember { text += Self.itself }
    for (_, place) in found {
      if text.count > start { text.append(UInt8(ascii: ",")) }
      text += written[place]
    }
  }

  /// What needs a document: elements that are told apart, and JSON without a type.
  private mutating func document(
    _ type: MergeType, over old: JSONValue?, _ unowned: FieldSet.Node?, _ resets: FieldSet
  ) throws(JSONError) -> Bool {
    let taken = fields.taken(old, try reader.readValue(), type, unowned?.children ?? FieldSet(), resets)
    let isMember = taken.isMember && unowned?.isMember != true
    if taken.fields.isEmpty { return isMember }
    if isMember {
      text += Self.itself
      text.append(UInt8(ascii: ","))
    }
    text += JSONValue.object(taken.fields).jsonBytes.dropFirst().dropLast()
    return true
  }
}
