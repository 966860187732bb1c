package import FuzzTargets
import Glibc

// libFuzzer's loop round one target. `dev/fuzz` builds and runs it; nothing else does.

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

nonisolated(unsafe) private var chosen = FuzzTarget("none") { _ in false }

private func say(_ text: String) {
  let line = Array("\(text)\n".utf8)
  _ = write(2, line, line.count)
}

private func complain(_ text: String) -> Never {
  say(text)
  exit(2)
}

/// The whole of a driver's main.
///
///     DRIVER --seeds FOLDER    writes the target's seeds there
///     DRIVER OPTION...         libFuzzer's own options
///
/// The target's name is in FUZZ_TARGET.
package func fuzz(_ targets: [FuzzTarget]) -> Never {
  let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = targets.first(where: { $0.name == name }) else {
    complain("FUZZ_TARGET is one of: \(targets.map(\.name).joined(separator: ", "))")
  }
  chosen = target
  if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--seeds" {
    for (number, seed) in target.seeds.enumerated() {
      guard let file = fopen("\(CommandLine.arguments[2])/seed-\(number)", "w") else { complain("cannot write seeds") }
      fwrite(seed, 1, seed.count, file)
      fclose(file)
    }
    exit(0)
  }
  var count = CommandLine.argc
  var arguments = CommandLine.unsafeArgv
  let code = runDriver(&count, &arguments) { start, size in
    do {
      _ = try chosen.run(Array(UnsafeBufferPointer(start: start, count: size)))
    } catch {
      say("FINDING in \(chosen.name): \(error)")
      abort()
    }
    return 0
  }
  FuzzTarget.cleanUp()
  exit(code)
}
