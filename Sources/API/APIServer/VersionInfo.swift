import JSONDocument

/// What `/version` tells.
enum VersionInfo {
  static let major = "1"
  static let minor = "33"
  static let gitVersion = "v1.33.0+apus"

  static var document: JSONValue {
    #if arch(arm64)
      let platform = "linux/arm64"
    #else
      let platform = "linux/amd64"
    #endif
    return .object([
      "major": .string(major), "minor": .string(minor), "emulationMajor": .string(major),
      "emulationMinor": .string(minor), "minCompatibilityMajor": .string(major), "minCompatibilityMinor": "32",
      "gitVersion": .string(gitVersion), "gitCommit": "", "gitTreeState": "clean", "buildDate": "1970-01-01T00:00:00Z",
      "goVersion": "", "compiler": "swift", "platform": .string(platform),
    ])
  }
}
