/// How strict a namespace is about its pods: a level of the Pod Security Standards, as of a version of Kubernetes.
struct PodSecurityLevel: Sendable, Equatable, CustomStringConvertible {
  enum Name: String, CaseIterable, Sendable {
    case privileged, baseline, restricted
  }
  var name: Name
  /// The minor version of 1.x; nil: the newest.
  var minor: Int?

  static let privileged = PodSecurityLevel(name: .privileged, minor: nil)

  /// `baseline:latest`, `restricted:v1.25`.
  var description: String { "\(name.rawValue):\(minor.map { "v1.\($0)" } ?? "latest")" }

  /// Whether a check that was there from a version on applies.
  func isAtLeast(_ version: Int) -> Bool { minor.map { $0 >= version } ?? true }
}

/// What a namespace's labels ask for.
struct PodSecurityPolicy: Sendable, Equatable {
  static let prefix = "pod-security.kubernetes.io/"
  enum Mode: String, CaseIterable, Sendable {
    case enforce, audit, warn
  }

  var enforce = PodSecurityLevel.privileged
  var audit = PodSecurityLevel.privileged
  var warn = PodSecurityLevel.privileged
  /// What is wrong with the labels.
  private(set) var errors: [FieldError] = []

  var isPrivileged: Bool {
    enforce.name == .privileged && audit.name == .privileged && warn.name == .privileged
  }

  /// A level that cannot be read is the strictest where it is enforced, and none where it only informs; a version that
  /// cannot be read is the newest.
  init(labels: [String: String]) {
    for mode in Mode.allCases {
      var level = PodSecurityLevel.privileged
      let key = Self.prefix + mode.rawValue
      if let text = labels[key] {
        if let name = PodSecurityLevel.Name(rawValue: text) {
          level.name = name
        } else {
          errors.append(.invalid(Self.path(key), text, "must be one of privileged, baseline, restricted"))
          level.name = mode == .enforce ? .restricted : .privileged
        }
      }
      if let text = labels[key + "-version"] {
        if let minor = Self.minor(text) {
          level.minor = minor
        } else {
          errors.append(.invalid(Self.path(key + "-version"), text, "must be \"latest\" or \"v1.x\""))
        }
      }
      switch mode {
      case .enforce: enforce = level
      case .audit: audit = level
      case .warn: warn = level
      }
    }
  }

  private static func path(_ key: String) -> FieldPath { FieldPath("metadata.labels").key(key) }

  /// The minor version, nil in it for the newest; nil: it cannot be read.
  private static func minor(_ text: String) -> Int?? {
    if text == "latest" { return .some(nil) }
    guard text.hasPrefix("v1."), let minor = Int(text.dropFirst(3)), minor >= 0, "v1.\(minor)" == text else {
      return nil
    }
    return minor
  }
}
