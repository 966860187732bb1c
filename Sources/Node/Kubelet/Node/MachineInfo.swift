import Files
import Glibc
package import KubernetesAPI
import NodeNetwork

/// What the machine is, as the node's status tells it. Read once.
package struct MachineInfo: Sendable {
  package var cpus: Int64
  package var memory: Int64
  package var storage: Int64
  package var system: CoreV1.NodeSystemInfo

  /// - Parameter folder: the one whose file system counts as the node's storage.
  package init(folder: String) {
    cpus = max(1, Int64(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    memory = Self.memoryFromKernel()
    storage = FileStatus.capacity(of: folder)
    system = CoreV1.NodeSystemInfo()
    system.machineID = Self.line("/etc/machine-id")
    let product = Self.line("/sys/class/dmi/id/product_uuid")
    system.systemUUID = product.isEmpty ? system.machineID : product
    system.bootID = Self.line("/proc/sys/kernel/random/boot_id")
    system.kernelVersion = Self.line("/proc/sys/kernel/osrelease")
    system.osImage = Self.osImage()
    system.operatingSystem = "linux"
    #if arch(x86_64)
      system.architecture = "amd64"
    #elseif arch(arm64)
      system.architecture = "arm64"
    #else
      system.architecture = "unknown"
    #endif
  }

  private static func line(_ path: String) -> String {
    let text = String(decoding: AtomicFile.read(path) ?? [], as: UTF8.self)
    return text.split(separator: "\n").first.map(String.init) ?? ""
  }

  private static func memoryFromKernel() -> Int64 {
    let text = String(decoding: AtomicFile.read("/proc/meminfo") ?? [], as: UTF8.self)
    for line in text.split(separator: "\n") where line.hasPrefix("MemTotal:") {
      if let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int64($0) }) { return kibibytes * 1024 }
    }
    return 0
  }

  private static func osImage() -> String {
    let text = String(decoding: AtomicFile.read("/etc/os-release") ?? [], as: UTF8.self)
    for line in text.split(separator: "\n") where line.hasPrefix("PRETTY_NAME=") {
      return line.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" }
    }
    return "Linux"
  }
}
