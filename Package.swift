// swift-tools-version: 6.2
// The house: one `module` row per room, grouped by floor. A module may depend on modules of
// lower floors only; dev/check-imports holds the finer table of which edges are allowed.
import PackageDescription

// MARK: - What comes from outside

let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioLocks = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioFoundation = Target.Dependency.product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioHPACK = Target.Dependency.product(name: "NIOHPACK", package: "swift-nio-http2")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioExtras = Target.Dependency.product(name: "NIOExtras", package: "swift-nio-extras")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")

let outside: [Package.Dependency] = [
  .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
  .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
  .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
  .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
  .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
  .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
  .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
  .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
  .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
  .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
]

// MARK: - Rooms

// Not MemberImportVisibility: it blames C members such as `stat.st_size` on whichever C module was built first.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// For the rooms that every request of the API goes through: there an async function runs where its caller runs
/// (SE-0461). Elsewhere each call looks for the executor that its task prefers, and once more when it returns: some 30
/// times a request, for 6 % of a get's instructions.
let onCallersExecutor = settings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]

func module(
  _ name: String, in floor: String, on modules: [String] = [], outside: [Target.Dependency] = [],
  exclude: [String] = [], settings: [SwiftSetting] = settings
) -> Target {
  .target(
    name: name, dependencies: modules.map { .byName(name: $0) } + outside, path: "Sources/\(floor)/\(name)",
    exclude: exclude, swiftSettings: settings)
}

func tool(_ name: String, on modules: [String], outside: [Target.Dependency] = []) -> Target {
  .executableTarget(
    name: name, dependencies: modules.map { .byName(name: $0) } + outside, path: "Sources/Tools/\(name)",
    swiftSettings: settings)
}

/// A program that measures; it is no product, and built by `make bench` only (and with the tests).
func benchmark(_ name: String, on modules: [String], outside: [Target.Dependency] = []) -> Target {
  .executableTarget(
    name: name, dependencies: modules.map { .byName(name: $0) } + outside, path: "Benchmarks/\(name)",
    swiftSettings: settings)
}

/// Tests are built with the program, in release, and not optimised themselves: for most of them that is half of the
/// time that they take in all.
///
/// - Parameter isOptimised: for those that compute a lot on their own.
func tests(
  _ path: String, on modules: [String], outside: [Target.Dependency] = [], resources: [Resource] = [],
  exclude: [String] = [], isOptimised: Bool = false
) -> Target {
  let name = path.split(separator: "/").last.map { "\($0)Tests" }!
  return .testTarget(
    name: name, dependencies: modules.map { .byName(name: $0) } + outside, path: "Tests/\(path)",
    exclude: exclude, resources: resources,
    swiftSettings: settings + (isOptimised ? [] : [.unsafeFlags(["-Onone"], .when(configuration: .release))]))
}

/// What the tests of several rooms share; no product links it.
func support(_ name: String, on modules: [String] = [], outside: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: modules.map { .byName(name: $0) } + outside, path: "Tests/Support/\(name)",
    swiftSettings: settings)
}

let house: [Target] = [
  // Base
  module("ByteCoding", in: "Base"),
  .target(name: "CLinux", path: "Sources/Base/CLinux"),
  .target(name: "CZlib", path: "Sources/Base/CZlib", linkerSettings: [.linkedLibrary("z")]),
  module("Files", in: "Base"),
  module("Supervision", in: "Base", on: ["CLinux"]),
  module("Observability", in: "Base", outside: [log, metrics]),
  module("Addresses", in: "Base"),
  module("ClusterConfig", in: "Base", on: ["Addresses"], outside: [yams]),
  module("Identities", in: "Base", outside: [x509, asn1]),
  module("PKI", in: "Base", on: ["ClusterConfig", "Files", "Identities"], outside: [x509, crypto, asn1]),
  module("Listening", in: "Base", outside: [nio, nioPosix]),
  module(
    "HTTPServer", in: "Base", on: ["Listening", "Identities", "Files"],
    outside: [nio, nioPosix, nioHTTP1, nioHTTP2, nioHPACK, nioSSL, nioTLS, nioExtras, log],
    settings: onCallersExecutor),
  module(
    "GRPC", in: "Base", on: ["Listening"],
    outside: [nio, nioPosix, nioHTTP1, nioHTTP2, nioHPACK, nioSSL, nioTLS, protobuf, log]),

  // Store
  module("EtcdAPI", in: "Store", outside: [protobuf], exclude: ["Protos"]),
  module("RaftCore", in: "Store", on: ["ByteCoding"]),
  module("MVCC", in: "Store", on: ["ByteCoding"]),
  module("StoreAuth", in: "Store", on: ["MVCC", "ByteCoding"]),
  module("Replica", in: "Store", on: ["RaftCore", "MVCC", "StoreAuth", "ByteCoding"]),
  module("Replay", in: "Store", on: ["Replica", "RaftCore", "ByteCoding"]),
  module("RaftLog", in: "Store", on: ["RaftCore", "ByteCoding", "CLinux"]),
  module(
    "StoreBackup", in: "Store", on: ["Replica", "RaftCore", "MVCC", "RaftLog", "ByteCoding"], outside: [crypto]),
  module(
    "RaftTransport", in: "Store", on: ["RaftCore", "ByteCoding", "PKI", "ClusterConfig", "Listening", "Files"],
    outside: [nio, nioPosix, nioSSL, nioTLS, log]),
  module("StoreClient", in: "Store", on: ["EtcdAPI", "GRPC"], outside: [nio, nioPosix, nioSSL, log, protobuf]),
  module(
    "StoreNode", in: "Store",
    on: [
      "Replica", "Replay", "RaftCore", "MVCC", "StoreAuth", "RaftLog", "RaftTransport", "EtcdAPI", "GRPC", "HTTPServer",
      "ClusterConfig", "Identities", "Observability", "CLinux", "StoreBackup",
    ],
    outside: [nio, nioLocks, nioPosix, nioHTTP1, nioSSL, crypto, cryptoExtras, log, metrics, lifecycle, protobuf]),

  // API
  module("JSONDocument", in: "API", outside: []),
  module("APISchema", in: "API", on: ["JSONDocument"]),
  module("KubernetesAPI", in: "API", on: ["JSONDocument"]),
  module("PodRules", in: "API", on: ["KubernetesAPI"]),
  module(
    "ClusterClient", in: "API", on: ["KubernetesAPI", "JSONDocument"],
    outside: [asyncHTTPClient, nio, nioPosix, nioHTTP1, nioSSL, nioFoundation, log, yams]),
  module("Access", in: "API", on: ["KubernetesAPI", "JSONDocument"], settings: onCallersExecutor),
  module(
    "AccessTokens", in: "API", on: ["Access", "KubernetesAPI", "JSONDocument"], outside: [crypto, cryptoExtras]),
  module(
    "Registry", in: "API", on: ["APISchema", "JSONDocument", "KubernetesAPI", "PodRules", "Access", "Addresses"],
    settings: onCallersExecutor),
  module(
    "APIServer", in: "API",
    on: [
      "Registry", "Access", "AccessTokens", "APISchema", "JSONDocument", "KubernetesAPI", "StoreClient", "EtcdAPI",
      "HTTPServer", "ClusterConfig", "Observability", "PKI", "CZlib",
    ],
    outside: [nio, nioPosix, nioHTTP1, nioHTTP2, nioSSL, asyncHTTPClient, log, metrics, lifecycle, yams, crypto],
    settings: onCallersExecutor),

  // Control plane
  module(
    "ControllerKit", in: "ControlPlane", on: ["ClusterClient", "KubernetesAPI"], outside: [log, lifecycle, deque]),
  module(
    "Controllers", in: "ControlPlane",
    on: [
      "ControllerKit", "ClusterClient", "KubernetesAPI", "JSONDocument", "PodRules", "Addresses", "Access",
      "AccessTokens", "PKI",
    ],
    outside: [log, lifecycle]),
  module(
    "Scheduling", in: "ControlPlane", on: ["ControllerKit", "ClusterClient", "KubernetesAPI", "PodRules"],
    outside: [log, lifecycle]),

  // Node
  module("ContainerRuntime", in: "Node", on: ["GRPC"], outside: [nio, nioPosix, protobuf, log], exclude: ["Protos"]),
  module("NodeNetwork", in: "Node", on: ["ClusterConfig", "Files", "Supervision"], outside: [log]),
  module(
    "ServiceProxy", in: "Node", on: ["ClusterClient", "KubernetesAPI", "ClusterConfig", "Supervision", "Listening"],
    outside: [nio, nioPosix, log, lifecycle, metrics]),
  module(
    "Kubelet", in: "Node",
    on: [
      "ContainerRuntime", "NodeNetwork", "ClusterClient", "KubernetesAPI", "JSONDocument", "PodRules", "HTTPServer",
      "ClusterConfig", "Observability", "Files", "Access",
    ],
    outside: [nio, nioPosix, nioHTTP1, nioSSL, log, lifecycle, crypto]),

  module(
    "ClusterJoin", in: "Node",
    on: ["ClusterClient", "KubernetesAPI", "ClusterConfig", "PKI", "Files", "Access", "AccessTokens"],
    outside: [yams, log]),

  // Lab and tools
  module(
    "Lab", in: "Lab",
    on: [
      "ClusterConfig", "PKI", "ClusterClient", "KubernetesAPI", "JSONDocument", "StoreClient", "EtcdAPI", "GRPC",
      "Supervision", "CLinux", "Files",
    ], outside: [log, nio, nioPosix, nioSSL, yams]),
  tool("GenerateAPI", on: ["APISchema", "JSONDocument"]),
  tool(
    "apus",
    on: [
      "StoreNode", "APIServer", "Controllers", "Scheduling", "ControllerKit", "Kubelet", "NodeNetwork", "ServiceProxy",
      "Lab", "PKI", "ClusterConfig", "ClusterClient", "Observability", "StoreClient", "Supervision",
      "StoreBackup", "Replay", "ClusterJoin", "Access", "AccessTokens", "KubernetesAPI",
    ],
    outside: [arguments, log, lifecycle, nio, nioPosix, nioSSL]),

  // Benchmarks
  .target(name: "BenchKit", path: "Benchmarks/BenchKit", swiftSettings: settings),
  benchmark(
    "apus-bench",
    on: ["BenchKit", "ClusterConfig", "PKI", "StoreClient", "EtcdAPI", "GRPC", "ClusterClient", "Supervision"],
    outside: [arguments, crypto, log, nio, nioPosix, nioSSL, protobuf]),

  // Tests
  support("Waiting"),
  support("FreePorts"),
  support("SeededNumbers"),
  support("Programs", on: ["FreePorts", "Supervision", "Waiting"]),
  support("ClusterStandIn", on: ["ClusterClient", "KubernetesAPI", "JSONDocument"]),
  support("StorageStandIn", on: ["Registry"]),
  support("Histories"),
  support(
    "StoreTrials",
    on: ["ClusterConfig", "PKI", "Supervision", "CLinux", "StoreClient", "EtcdAPI", "GRPC", "Histories", "RaftCore"],
    outside: [nio, nioPosix, nioSSL, protobuf, log]),
  .executableTarget(
    name: "apus-trials", dependencies: ["StoreTrials", arguments], path: "Tests/Support/apus-trials",
    swiftSettings: settings),
  support("FuzzTargets", on: ["RaftCore", "RaftLog", "MVCC", "StoreAuth", "Replica", "Replay", "ByteCoding"]),
  support(
    "WireFuzzTargets", on: ["FuzzTargets", "RaftTransport", "GRPC", "StoreNode", "StoreAuth", "MVCC", "EtcdAPI"],
    outside: [nio, protobuf]),
  tests("Histories", on: ["Histories"]),
  tests("Base/ByteCoding", on: ["ByteCoding"]),
  tests("Base/Files", on: ["Files"]),
  tests("Base/Supervision", on: ["Supervision", "Waiting"]),
  tests("Base/Addresses", on: ["Addresses"]),
  tests("Base/ClusterConfig", on: ["ClusterConfig"]),
  tests("Base/Listening", on: ["Listening"], outside: [nio, nioPosix]),
  tests("Base/PKI", on: ["PKI", "ClusterConfig"], outside: [x509, crypto, asn1]),
  tests(
    "Base/HTTPServer", on: ["HTTPServer", "Waiting"],
    outside: [asyncHTTPClient, nio, nioPosix, nioHTTP1, nioSSL, x509, crypto, asn1, log]),
  tests(
    "Base/GRPC", on: ["GRPC", "FreePorts"],
    outside: [nio, nioPosix, nioHTTP2, nioHPACK, nioSSL, protobuf, x509, crypto, asn1, log]),
  tests("Base/Observability", on: ["Observability"], outside: [log, metrics]),
  tests("Store/RaftCore", on: ["RaftCore", "ByteCoding"]),
  tests("Store/MVCC", on: ["MVCC", "ByteCoding"], isOptimised: true),
  tests("Store/RaftLog", on: ["RaftLog", "RaftCore", "ByteCoding"], isOptimised: true),
  tests(
    "Store/StoreBackup",
    on: ["StoreBackup", "Replica", "RaftCore", "MVCC", "RaftLog", "ByteCoding", "FuzzTargets"], outside: [crypto]),
  tests("Store/StoreAuth", on: ["StoreAuth", "MVCC", "ByteCoding"]),
  tests("Store/Replay", on: ["Replay", "Replica", "RaftCore", "MVCC", "StoreAuth", "ByteCoding"]),
  tests("Store/Replica", on: ["Replica", "RaftCore", "MVCC", "StoreAuth", "ByteCoding"]),
  tests(
    "Store/RaftTransport", on: ["RaftTransport", "RaftCore", "PKI", "ClusterConfig", "Waiting"],
    outside: [nio, nioPosix, nioSSL, x509, crypto, asn1, log]),
  tests(
    "Store/StoreClient", on: ["StoreClient", "EtcdAPI", "GRPC", "FreePorts", "Programs"],
    outside: [nio, nioPosix, nioSSL, protobuf, log]),
  tests(
    "Store/StoreNode",
    on: [
      "StoreNode", "StoreClient", "EtcdAPI", "GRPC", "PKI", "ClusterConfig", "MVCC", "StoreAuth", "RaftLog",
      "RaftCore", "Identities", "FreePorts", "Programs", "StoreBackup", "Observability",
      "Waiting", "Replay", "Replica", "HTTPServer",
    ],
    outside: [nio, nioPosix, nioSSL, protobuf, log, metrics]),
  tests("API/JSONDocument", on: ["JSONDocument", "SeededNumbers"]),
  tests("API/APISchema", on: ["APISchema", "JSONDocument", "SeededNumbers"]),
  tests("API/KubernetesAPI", on: ["KubernetesAPI", "JSONDocument", "APISchema", "GenerateAPI"]),
  tests(
    "API/ClusterClient", on: ["ClusterClient", "KubernetesAPI", "HTTPServer", "ClusterStandIn", "Waiting"],
    outside: [nio, nioPosix, nioHTTP1, log]),
  tests("API/PodRules", on: ["PodRules", "KubernetesAPI"]),
  tests("API/Access", on: ["Access", "KubernetesAPI", "JSONDocument", "SeededNumbers"]),
  tests("API/AccessTokens", on: ["AccessTokens", "Access", "KubernetesAPI", "JSONDocument"], outside: [crypto]),
  tests(
    "API/Registry",
    on: ["Registry", "APISchema", "JSONDocument", "KubernetesAPI", "Access", "StorageStandIn", "SeededNumbers"],
    exclude: ["Cases"]),
  tests(
    "API/APIServer",
    on: [
      "APIServer", "Access", "AccessTokens", "Registry", "StoreClient", "StoreNode", "PKI", "ClusterConfig",
      "APISchema", "JSONDocument", "KubernetesAPI", "HTTPServer", "GRPC", "FreePorts", "Programs", "StorageStandIn",
      "Waiting",
    ], outside: [asyncHTTPClient, metrics, nio, nioPosix, nioHTTP1, nioSSL, log, crypto]),
  tests(
    "ControlPlane/ControllerKit", on: ["ControllerKit", "ClusterClient", "KubernetesAPI", "ClusterStandIn", "Waiting"],
    outside: [log]),
  tests(
    "ControlPlane/Controllers",
    on: [
      "Controllers", "ControllerKit", "ClusterClient", "KubernetesAPI", "PodRules", "ClusterStandIn", "Waiting",
      "Access", "AccessTokens", "PKI", "ClusterConfig",
    ], outside: [log]),
  tests(
    "ControlPlane/Scheduling",
    on: ["Scheduling", "ControllerKit", "ClusterClient", "KubernetesAPI", "PodRules", "ClusterStandIn", "Waiting"],
    outside: [log]),
  tests(
    "Node/ContainerRuntime", on: ["ContainerRuntime", "GRPC", "Waiting"], outside: [nio, nioPosix, protobuf, log]),
  tests(
    "Node/Kubelet",
    on: [
      "Kubelet", "ContainerRuntime", "NodeNetwork", "ClusterConfig", "KubernetesAPI", "JSONDocument", "ClusterClient",
      "HTTPServer", "PKI", "ClusterStandIn", "Files", "Supervision", "Waiting", "CLinux", "Access",
    ], outside: [log, nio, nioPosix, nioHTTP1, nioSSL]),
  tests(
    "Node/ClusterJoin",
    on: [
      "ClusterJoin", "Controllers", "ControllerKit", "ClusterClient", "APIServer", "Registry", "Access",
      "KubernetesAPI",
      "PKI", "ClusterConfig", "HTTPServer", "StorageStandIn", "Waiting",
    ], outside: [log, nio, nioHTTP1]),
  tests("Node/NodeNetwork", on: ["NodeNetwork", "ClusterConfig"], outside: [log]),
  tests(
    "Node/ServiceProxy", on: ["ServiceProxy", "KubernetesAPI", "ClusterConfig", "Waiting"],
    outside: [nio, nioPosix, log]),
  tests("Benchmarks/BenchKit", on: ["BenchKit", "Waiting"]),
  .testTarget(
    name: "FuzzingTests", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing", exclude: ["Corpus", "Driver"],
    swiftSettings: settings),
  tests("WireFuzzing", on: ["WireFuzzTargets", "FuzzTargets", "StoreNode", "StoreAuth"]),
  tests(
    "Simulation", on: ["Replay", "Replica", "RaftCore", "MVCC", "StoreAuth", "RaftLog", "ByteCoding", "Histories"],
    isOptimised: true),
  tests("StoreTrials", on: ["StoreTrials", "Histories"]),
  tests(
    "Integration",
    on: ["Supervision", "FreePorts", "ClusterConfig", "StoreTrials", "apus", "apus-trials", "Programs", "Waiting"],
    exclude: ["Kubectl", "Python"]),
]

// MARK: - A part of the house only
// `APUS_FOCUS=RaftCoreTests,Kubelet swift build --build-tests` builds only those targets and what
// they stand on, and fetches only the packages they need: a quick way to work on one room.

func focused(_ house: [Target]) -> [Target] {
  guard let focus = Context.environment["APUS_FOCUS"], !focus.isEmpty else { return house }
  var wanted = Set(focus.split(separator: ",").map(String.init))
  var grew = true
  while grew {
    let count = wanted.count
    for target in house where wanted.contains(target.name) {
      for case .byNameItem(let name, _) in target.dependencies { wanted.insert(name) }
    }
    grew = wanted.count > count
  }
  return house.filter { wanted.contains($0.name) }
}

func packages(for targets: [Target], from outside: [Package.Dependency]) -> [Package.Dependency] {
  var used: Set<String> = []
  for target in targets {
    for case .productItem(_, let package?, _, _) in target.dependencies { used.insert(package) }
  }
  return outside.filter { dependency in
    guard case .sourceControl(_, let location, _) = dependency.kind else { return true }
    return used.contains(String(location.split(separator: "/").last!))
  }
}

// libFuzzer's loop links with its runtime only: `dev/fuzz` alone builds it.
//
// Of the rooms over sockets it gets what reads bytes, under their names: with TLS and cryptography behind them they take
// half an hour to build, and nothing of that would be fuzzed.

func part(
  _ name: String, at path: String, of sources: [String]? = nil, on modules: [String], outside: [Target.Dependency] = []
) -> Target {
  .target(
    name: name, dependencies: modules.map { .byName(name: $0) } + outside, path: path, sources: sources,
    swiftSettings: settings + [.define("FUZZED_IN_PARTS")])
}

let parts: [Target] = [
  part(
    "RaftTransport", at: "Sources/Store/RaftTransport", of: ["PeerFrame.swift", "PeerHello.swift"],
    on: ["RaftCore", "ByteCoding"], outside: [nio]),
  part(
    "GRPC", at: "Sources/Base/GRPC/Wire",
    of: [
      "MessageFraming.swift", "GRPCStatus.swift", "GRPCMetadata.swift", "GRPCTimeout.swift", "SessionFraming.swift",
    ], on: [], outside: [nio, nioHPACK, protobuf]),
  part(
    "StoreNode", at: "Sources/Store/StoreNode",
    of: [
      "Engine/PeerControl.swift", "Services/AuthCommand+Etcd.swift", "Services/RequestReading.swift",
      "Services/Requests+Etcd.swift", "Services/Results+Etcd.swift", "Watch/WatchStream.swift",
    ], on: ["Replica", "RaftCore", "MVCC", "StoreAuth", "EtcdAPI", "ByteCoding"], outside: [protobuf]),
  part(
    "WireFuzzTargets", at: "Tests/Support/WireFuzzTargets",
    on: ["FuzzTargets", "RaftTransport", "GRPC", "StoreNode", "StoreAuth", "MVCC", "EtcdAPI"],
    outside: [nio, protobuf]),
]

let fuzzing: [Target] =
  Context.environment["APUS_FUZZ"] == nil
  ? []
  : [
    .target(
      name: "FuzzLoop", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing/Driver/Loop", swiftSettings: settings),
    .executableTarget(
      name: "apus-fuzz", dependencies: ["FuzzLoop", "FuzzTargets"], path: "Tests/Fuzzing/Driver/Formats",
      swiftSettings: settings),
    .executableTarget(
      name: "apus-fuzz-wire", dependencies: ["FuzzLoop", "FuzzTargets", "WireFuzzTargets"],
      path: "Tests/Fuzzing/Driver/Wire", swiftSettings: settings),
  ]

let rooms = fuzzing.isEmpty ? house : house.map { room in parts.first { $0.name == room.name } ?? room }
let targets = focused(rooms + fuzzing)

let package = Package(
  name: "apus",
  products: targets.contains { $0.name == "apus" } ? [.executable(name: "apus", targets: ["apus"])] : [],
  dependencies: packages(for: targets, from: outside),
  targets: targets,
  swiftLanguageModes: [.v6]
)
