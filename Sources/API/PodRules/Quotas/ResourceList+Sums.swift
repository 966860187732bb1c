package import KubernetesAPI

/// Sums over lists of resources, as quotas make them: exact, and in each amount's own notation.
extension [String: Quantity] {
  /// Both lists together.
  package func adding(_ other: [String: Quantity]) -> [String: Quantity] {
    var result = self
    for (name, amount) in other { result[name] = (result[name] ?? Quantity()) + amount }
    return result
  }

  /// What is left of this list; a resource that only the other one has becomes negative.
  package func subtracting(_ other: [String: Quantity]) -> [String: Quantity] {
    var result = self
    for (name, amount) in other { result[name] = (result[name] ?? Quantity()) - amount }
    return result
  }

  /// The larger amount of each resource.
  package func union(_ other: [String: Quantity]) -> [String: Quantity] { merging(other) { Swift.max($0, $1) } }

  /// Only those resources.
  package func only(_ names: some Collection<String>) -> [String: Quantity] {
    let names = Set(names)
    return filter { names.contains($0.key) }
  }

  /// Without the amounts that are zero.
  package var withoutZeros: [String: Quantity] { filter { !$0.value.isZero } }

  /// The resources of which this list has more than `limit` allows; what the limit does not name is not limited.
  package func exceeding(_ limit: [String: Quantity]) -> [String] {
    filter { entry in limit[entry.key].map { entry.value > $0 } ?? false }.keys.sorted()
  }

  /// `cpu=500m,pods=1`, in order of the names.
  package var listed: String {
    sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.canonical)" }.joined(separator: ",")
  }
}
