import Glibc
import Supervision

/// Hands rules to the kernel through the `nft` program.
package enum NFTables {
  package struct Failure: Error, CustomStringConvertible {
    package var message: String
    package var description: String { message }
  }

  /// Where `nft` is, if it is there.
  package static var program: String? {
    ["/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft"].first { access($0, X_OK) == 0 }
  }

  /// Applies a script as one transaction: all of it or nothing. Blocks for some milliseconds.
  package static func apply(_ script: String) throws(Failure) {
    guard let program else { throw Failure(message: "nft is missing: install nftables (dev/setup does)") }
    do throws(Command.Failure) {
      try Command.run([program, "-f", "-"], input: script)
    } catch {
      throw Failure(message: "nft refuses the rules: \(error.output.prefix(2000))")
    }
  }
}
