// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors where `GOTORRENT_STRICT` is set, as the checks of `.ci/run` do, and nowhere else:
/// a newer compiler's new warning must not keep a user from building.
let strict = Context.environment["GOTORRENT_STRICT"] != nil

let checks: [SwiftSetting] = strict ? [.treatAllWarnings(as: .error)] : []
let settings: [SwiftSetting] =
    checks + [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]

// Debian's header and library stand where every compiler looks, and its libzmq.pc holds flags that SwiftPM warns of.
#if os(Linux)
    let pkgConfig: String? = nil
#else
    let pkgConfig: String? = "libzmq"
#endif

/// The commit that `--version` names, told by the scripts that make releases (`scripts/version.sh --commit`). The manifest
/// does not ask git itself (`Context.gitInformation`): SwiftPM keeps what a manifest came to until its text or the
/// environment changes, and the answer of an older commit with it.
let commit: [CSetting] =
    switch Context.environment["GOTORRENT_COMMIT"] {
    case nil, "": []
    case let commit? where commit.utf8.allSatisfy { "0123456789abcdefghijklmnopqrstuvwxyz.-".utf8.contains($0) }:
        [.define("GOTORRENT_COMMIT", to: "\"\(commit)\"")]
    case let commit?: fatalError("GOTORRENT_COMMIT is \(commit); it must be of lower-case letters, digits, . and -")
    }

/// The fuzzer is a product of its own, which only a build with libFuzzer's flags can link (`scripts/fuzz.sh`).
let fuzzing: [Target] =
    Context.environment["GOTORRENT_FUZZ"] == nil
    ? []
    : [
        .executableTarget(
            name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Program", swiftSettings: settings,
            // gold fails on such a program: internal error in format_file_lineno.
            linkerSettings: [.unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux]))])
    ]

let package = Package(
    name: "gotorrent",
    platforms: [.macOS(.v15)],
    // The programs are products of their own accord; these two libraries are for other packages, too.
    products: [
        .library(name: "GossipCore", targets: ["GossipCore"]),
        .library(name: "ZeroMQ", targets: ["ZeroMQ"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.2", traits: []),
        .package(url: "https://github.com/swhitty/FlyingFox.git", from: "0.27.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CZeroMQ", pkgConfig: pkgConfig, providers: [.apt(["libzmq3-dev"]), .brew(["zeromq"])]),
        .systemLibrary(name: "CAllocator"),
        .target(name: "CBuildInfo", cSettings: commit),
        .target(name: "CMapping"),
        .target(name: "CSHA256"),
        .target(name: "ZeroMQ", dependencies: ["CZeroMQ"], swiftSettings: settings),
        .target(name: "HTTPText", swiftSettings: settings),
        .target(name: "Metrics", dependencies: ["HTTPText"], swiftSettings: settings),
        .target(name: "GossipCore", swiftSettings: settings),
        .target(name: "GossipWire", dependencies: ["GossipCore"], swiftSettings: settings),
        .target(
            name: "Metainfo", dependencies: ["CSHA256", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(
            name: "GossipNode",
            dependencies: [
                "CAllocator", "CMapping", "ZeroMQ", "GossipCore", "GossipTrace", "GossipWire", "HTTPText",
                "Metainfo", "Metrics", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .target(name: "GossipTrace", dependencies: ["GossipCore", "GossipWire"], swiftSettings: settings),
        .target(name: "GossipSimulation", dependencies: ["GossipCore", "GossipWire"], swiftSettings: settings),
        .target(
            name: "Topology",
            dependencies: [
                "GossipNode", "HTTPText", .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings),
        .target(
            name: "Reporting",
            dependencies: ["GossipCore", "GossipWire", .product(name: "Subprocess", package: "swift-subprocess")],
            swiftSettings: settings),
        .target(
            name: "SwarmPage", dependencies: ["GossipCore", "GossipTrace", "GossipWire", "HTTPText", "Reporting"],
            resources: [.embedInCode("Assets")], swiftSettings: settings),
        .target(
            name: "ProgramSupport",
            dependencies: [
                "CBuildInfo", "GossipNode", "ZeroMQ", .product(name: "Logging", package: "swift-log"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "gotorrent-web",
            dependencies: [
                "GossipNode", "HTTPText", "ProgramSupport", "SwarmPage",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "gotorrent",
            dependencies: [
                "GossipSimulation", "HTTPText", "Metrics", "ProgramSupport", "Reporting", "Topology",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .executableTarget(
            name: "store-writer", dependencies: ["GossipCore", "GossipNode", "Metainfo"], path: "Tests/StoreWriter",
            swiftSettings: settings),
        .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ", "CZeroMQ"], swiftSettings: settings),
        .testTarget(name: "HTTPTextTests", dependencies: ["TestSupport", "HTTPText"], swiftSettings: settings),
        .testTarget(
            name: "MetricsTests", dependencies: ["TestSupport", "HTTPText", "Metrics"], swiftSettings: settings),
        .testTarget(
            name: "GossipCoreTests", dependencies: ["GossipCore"], exclude: ["Scenarios"], swiftSettings: settings),
        .testTarget(name: "GossipWireTests", dependencies: ["GossipWire"], swiftSettings: settings),
        .testTarget(name: "GossipTraceTests", dependencies: ["GossipTrace"], swiftSettings: settings),
        .testTarget(name: "GossipSimulationTests", dependencies: ["GossipSimulation"], swiftSettings: settings),
        .testTarget(
            name: "MetainfoTests", dependencies: ["CSHA256", "Metainfo"], exclude: ["Fixtures"], swiftSettings: settings
        ),
        .testTarget(
            name: "GossipNodeTests",
            dependencies: [
                "TestSupport", "store-writer", "GossipNode", "GossipCore", "GossipSimulation", "GossipWire", "HTTPText",
                "Metainfo", "Metrics", "ZeroMQ",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "TopologyTests",
            dependencies: [
                "TestSupport", "GossipCore", "GossipNode", "HTTPText", "Topology", "Metainfo", "ZeroMQ",
                .product(name: "Subprocess", package: "swift-subprocess"), .product(name: "Yams", package: "Yams"),
            ],
            exclude: ["Golden", "Schemas"], swiftSettings: settings),
        .testTarget(
            name: "SwarmPageTests", dependencies: ["SwarmPage", "GossipCore", "GossipWire", "HTTPText"],
            swiftSettings: settings),
        .testTarget(
            name: "ProgramSupportTests",
            dependencies: ["ProgramSupport", .product(name: "Logging", package: "swift-log")], swiftSettings: settings),
        .testTarget(name: "ReportingTests", dependencies: ["TestSupport", "Reporting"], swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "TestSupport",
                "gotorrent", "gotorrent-web", "GossipCore", "GossipWire", "Metainfo", "ZeroMQ",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "GossipCore", "GossipWire", "GossipTrace", "GossipNode", "HTTPText", "Metainfo", "Metrics", "Topology",
            ],
            path: "Tests/Fuzz/Targets", swiftSettings: settings),
        .testTarget(name: "FuzzTests", dependencies: ["TestSupport", "FuzzTargets"], swiftSettings: settings),
    ] + fuzzing
)
