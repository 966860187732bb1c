import Logging
import Registry

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RegistryEnvironment {
  /// The machine's clock and randomness, and a logger.
  static func system(_ logger: Logger) -> RegistryEnvironment {
    RegistryEnvironment(
      now: {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
      },
      random: { UInt64.random(in: .min ... .max) },
      log: { level, message, metadata in
        let fields = Logger.Metadata(uniqueKeysWithValues: metadata.map { ($0.key, .string($0.value)) })
        switch level {
        case .debug: logger.debug("\(message)", metadata: fields)
        case .info: logger.info("\(message)", metadata: fields)
        case .warning: logger.warning("\(message)", metadata: fields)
        case .error: logger.error("\(message)", metadata: fields)
        }
      })
  }
}
