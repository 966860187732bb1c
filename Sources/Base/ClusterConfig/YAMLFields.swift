import Yams

/// Reads the fields of YAML mappings, noting every problem with its line, and every key that nobody asked for.
///
/// One cursor stands on one node of the document. Reading goes on after a problem, so that a user sees all of them.
struct YAMLFields {
  final class Findings {
    var problems: [ConfigError.Problem] = []
  }

  let node: Node
  let path: String
  let findings: Findings

  func report(_ message: String, at other: Node? = nil, field: String? = nil) {
    let place = [path, field ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
    findings.problems.append(.init(line: (other ?? node).mark?.line, path: place, message: message))
  }

  /// Reports keys outside of `known`, and keys that stand twice.
  func expectKeys(_ known: [String]) {
    guard case .mapping(let mapping) = node else {
      report("expected a mapping with the keys \(known.joined(separator: ", "))")
      return
    }
    var seen: Set<String> = []
    for (key, _) in mapping {
      let name = key.string ?? "?"
      if !known.contains(name) {
        report("unknown key; known here: \(known.joined(separator: ", "))", at: key, field: name)
      } else if !seen.insert(name).inserted {
        report("the key stands twice", at: key, field: name)
      }
    }
  }

  func child(_ key: String) -> YAMLFields? {
    guard case .mapping(let mapping) = node, let value = mapping.first(where: { $0.key.string == key })?.value,
      !isNull(value)
    else { return nil }
    return YAMLFields(node: value, path: path.isEmpty ? key : "\(path).\(key)", findings: findings)
  }

  /// The elements of a list.
  func elements() -> [YAMLFields] {
    guard case .sequence(let sequence) = node else {
      report("expected a list")
      return []
    }
    return sequence.enumerated().map { index, node in
      YAMLFields(node: node, path: "\(path)[\(index)]", findings: findings)
    }
  }

  var text: String? {
    guard case .scalar(let scalar) = node else {
      report("expected a text or a number")
      return nil
    }
    return scalar.string
  }

  /// Reads a scalar by `parse`; what it cannot read is reported as not being `expected`.
  func value<Value>(_ expected: String, _ parse: (String) -> Value?) -> Value? {
    guard let text else { return nil }
    guard let value = parse(text) else {
      report("“\(text)” is not \(expected)")
      return nil
    }
    return value
  }

  /// Sets `target` when the key is there.
  func read<Value>(_ key: String, into target: inout Value, _ expected: String, _ parse: (String) -> Value?) {
    if let value = child(key)?.value(expected, parse) { target = value }
  }

  private func isNull(_ node: Node) -> Bool { node.tag == Tag(.null) || node.null != nil }
}
