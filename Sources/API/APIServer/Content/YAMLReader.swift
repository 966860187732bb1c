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
      for (key, item) in mapping {
        guard case .scalar(let name) = key else {
          throw Failure(message: "error converting YAML to JSON: a key must be text")
        }
        object[name.string] = try value(item, depth: depth + 1, left: &left)
      }
      return .object(object)
    case .alias:
      throw Failure(message: "error converting YAML to JSON: an alias without its anchor")
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
