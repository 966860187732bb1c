import JSONDocument
import Yams

/// Reads YAML as a JSON document. The text's size is bounded by the caller; depth (by libyaml, 1,000) and the number of
/// values are bounded here, so that a few lines of nested aliases cannot grow into gigabytes.
enum YAMLReader {
  struct Failure: Error {
    var message: String
  }

  /// Values in one document, aliases counted as often as they are used.
  static let largestCount = 500_000

  static func read(_ text: String) throws(Failure) -> JSONValue {
    guard !mayHaveAliasesInKeys(text) else {
      throw Failure(message: "error converting YAML to JSON: a key must be text, and cannot be an alias")
    }
    let root: Node?
    do {
      let parser = try Parser(yaml: text, resolver: .default, constructor: .default)
      root = try parser.singleRoot()
    } catch {
      throw Failure(message: "error converting YAML to JSON: \(error)")
    }
    guard let root else { return .null }
    var left = largestCount
    return try value(root, depth: 0, left: &left)
  }

  /// Whether an alias may stand in a key. The parser compares a mapping's keys by all that they contain, aliases
  /// followed: a few lines of nested ones would keep it busy for years. A text that has no keys of that kind, but only
  /// what looks like all of anchors, aliases and such keys, is refused with them; scripts and prose hardly ever do.
  static func mayHaveAliasesInKeys(_ text: String) -> Bool {
    var scan = KeyScan(bytes: Array(text.utf8))
    return scan.run()
  }

  /// Looks at a text's signs without knowing what is a string.
  private struct KeyScan {
    let bytes: [UInt8]
    private var hasAnchors = false
    private var hasAliases = false
    private var hasOddKeys = false

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() -> Bool {
      for (index, byte) in bytes.enumerated() {
        switch byte {
        case UInt8(ascii: "&"): hasAnchors = hasAnchors || isReference(at: index)
        case UInt8(ascii: "*"): hasAliases = hasAliases || isReference(at: index)
        case UInt8(ascii: "?"): hasOddKeys = hasOddKeys || isGap(index + 1) || isOne(of: "*[{&!?", index + 1)
        case UInt8(ascii: ":"): hasOddKeys = hasOddKeys || endsOddKey(at: index)
        default: break
        }
      }
      return hasAnchors && hasAliases && hasOddKeys
    }

    private func isOne(of characters: StaticString, _ index: Int) -> Bool {
      guard bytes.indices.contains(index) else { return false }
      return characters.withUTF8Buffer { $0.contains(bytes[index]) }
    }

    /// A blank, an end of a line, or the text's end; Unicode has ends of lines, too, and no letter of a name.
    private func isGap(_ index: Int) -> Bool {
      guard bytes.indices.contains(index) else { return true }
      return [0x20, 0x09, 0x0a, 0x0d, 0].contains(bytes[index]) || bytes[index] >= 0x80
    }

    private func isName(_ index: Int) -> Bool {
      guard bytes.indices.contains(index) else { return false }
      switch bytes[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        return true
      default: return false
      }
    }

    /// A sign at which a token may begin, and the name behind it, which ends as the parser wants it.
    private func isReference(at index: Int) -> Bool {
      guard isGap(index - 1) || isOne(of: "[]{},:?-\"'", index - 1), isName(index + 1) else { return false }
      var end = index + 1
      while isName(end) { end += 1 }
      return isGap(end) || isOne(of: "?:,]}%@`", end)
    }

    /// Whether a collection or an alias ends before this colon.
    private func endsOddKey(at index: Int) -> Bool {
      var last = index - 1
      while last >= 0, isGap(last) { last -= 1 }
      if isOne(of: "]}", last) { return true }
      guard isName(last) else { return false }
      while isName(last) { last -= 1 }
      return isOne(of: "*", last)
    }
  }

  private static func value(_ node: Node, depth: Int, left: inout Int) throws(Failure) -> JSONValue {
    left -= 1
    guard left > 0, depth < 200 else {
      throw Failure(message: "error converting YAML to JSON: the document is too deep or has too many values")
    }
    switch node {
    case .scalar(let scalar): return try self.scalar(scalar, node)
    case .sequence(let sequence):
      var items: [JSONValue] = []
      items.reserveCapacity(sequence.count)
      for item in sequence { items.append(try value(item, depth: depth + 1, left: &left)) }
      return .array(items)
    case .mapping(let mapping):
      var object = JSONObject()
      var merged: [JSONValue] = []
      for (key, item) in mapping {
        guard case .scalar(let name) = key else {
          throw Failure(message: "error converting YAML to JSON: a key must be text")
        }
        let item = try value(item, depth: depth + 1, left: &left)
        if name.string == "<<", name.style == .plain || name.style == .any {
          merged.append(item)
        } else {
          object[name.string] = item
        }
      }
      for item in merged { try merge(item, into: &object) }
      return .object(object)
    case .alias:
      throw Failure(message: "error converting YAML to JSON: an alias without its anchor")
    }
  }

  /// What a key `<<` brings: the members of a mapping, or of several, that are not there yet, the first one's first
  /// (https://yaml.org/type/merge.html).
  private static func merge(_ item: JSONValue, into object: inout JSONObject) throws(Failure) {
    for source in item.arrayValue ?? [item] {
      guard let members = source.objectValue else {
        throw Failure(message: "error converting YAML to JSON: a merge key (<<) takes a mapping, or a list of them")
      }
      for member in members.members where object[member.key] == nil { object[member.key] = member.value }
    }
  }

  private static func scalar(_ scalar: Node.Scalar, _ node: Node) throws(Failure) -> JSONValue {
    guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
    switch node.tag.description {
    case Tag.Name.null.rawValue: return .null
    case Tag.Name.bool.rawValue:
      // YAML 1.1's yes/no/on/off count as booleans for Kubernetes' readers as well.
      guard let bool = Bool.construct(from: scalar) else { return .string(scalar.string) }
      return .bool(bool)
    case Tag.Name.int.rawValue:
      if let integer = Int64(scalar.string) { return .int(integer) }
      guard let integer = Int.construct(from: scalar) else { return .string(scalar.string) }
      return .int(Int64(integer))
    case Tag.Name.float.rawValue:
      guard let double = Double.construct(from: scalar) else { return .string(scalar.string) }
      guard double.isFinite else {
        throw Failure(message: "error converting YAML to JSON: \(scalar.string) is no number")
      }
      return .double(double)
    default: return .string(scalar.string)
    }
  }
}
