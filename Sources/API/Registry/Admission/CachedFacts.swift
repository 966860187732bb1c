import KubernetesAPI
import Synchronization

/// What the registry's caches say.
struct CachedFacts: AdmissionFacts {
  /// The caches by kind.
  private let caches: [ObjectIdentifier: ResourceCache]
  private let random: @Sendable () -> UInt64

  init(_ kinds: [ServedKind], random: @escaping @Sendable () -> UInt64) {
    func type<R: KindRules>(_ rules: R) -> ObjectIdentifier { ObjectIdentifier(R.Object.self) }
    caches = Dictionary(kinds.map { (type($0.rules), $0.cache) }, uniquingKeysWith: { first, _ in first })
    self.random = random
  }

  func object<T: KubernetesObject>(_ type: T.Type, namespace: String, name: String) throws(APIError) -> T? {
    guard let cache = caches[ObjectIdentifier(type)] else { return nil }
    return try cache.object(Self.key(cache, namespace, name)).map { stored throws(APIError) in try read(stored) }
  }

  func objects<T: KubernetesObject>(_ type: T.Type, namespace: String) throws(APIError) -> [T] {
    guard let cache = caches[ObjectIdentifier(type)] else { return [] }
    var result: [T] = []
    let prefix = namespace.isEmpty ? cache.keyPrefix : "\(cache.keyPrefix)\(namespace)/"
    for stored in cache.snapshot().objects.objects(withPrefix: prefix) { result.append(try read(stored)) }
    return result
  }

  func labels<T: KubernetesObject>(of type: T.Type, namespace: String, name: String) -> [String: String]? {
    guard let cache = caches[ObjectIdentifier(type)] else { return nil }
    return (try? cache.object(Self.key(cache, namespace, name)))?.labels
  }

  func suffix() -> String { GeneratedName.suffix(random()) }

  private static func key(_ cache: ResourceCache, _ namespace: String, _ name: String) -> String {
    namespace.isEmpty ? cache.keyPrefix + name : "\(cache.keyPrefix)\(namespace)/\(name)"
  }

  private func read<T: KubernetesObject>(_ stored: StoredObject) throws(APIError) -> T {
    do { return try T(jsonBytes: stored.json) } catch {
      throw .internalError("the stored object \(stored.key) cannot be read: \(error)")
    }
  }
}

/// The ends of names that the server chooses.
enum GeneratedName {
  /// No vowels, and nothing that looks like something else.
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  /// Five characters, chosen by random bits.
  static func suffix(_ bits: UInt64) -> String {
    var bits = bits
    var text = ""
    for _ in 0..<5 {
      text.append(alphabet[Int(bits % UInt64(alphabet.count))])
      bits /= UInt64(alphabet.count)
    }
    return text
  }
}

/// Warnings of admission, and of what comes before it, on their way to the client. Of a write that is tried several
/// times the last try's count.
package final class AdmissionWarnings: Sendable {
  private let texts = Mutex<[String]>([])
  private let notes = Mutex<[String]>([])

  package init() {}

  package var all: [String] { notes.withLock { $0 } + texts.withLock { $0 } }

  /// What there is to say of the object as it was sent.
  func note(_ new: [String]) { notes.withLock { $0 = new } }

  func replace(_ new: [String]) { texts.withLock { $0 = new } }
}
