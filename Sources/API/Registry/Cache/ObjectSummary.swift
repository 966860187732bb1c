/// What the cache knows of an object besides its bytes.
struct ObjectSummary: Sendable {
  var namespace = ""
  var name = ""
  var uid = ""
  var labels: [String: String] = [:]
  var fields: [String] = []
}
