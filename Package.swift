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

let package = Package(
    name: "gotorrent",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CZeroMQ", pkgConfig: pkgConfig, providers: [.apt(["libzmq3-dev"]), .brew(["zeromq"])]),
        .target(name: "ZeroMQ", dependencies: ["CZeroMQ"], swiftSettings: settings),
        .target(name: "GossipCore", swiftSettings: settings),
        .target(name: "GossipWire", dependencies: ["GossipCore"], swiftSettings: settings),
        .target(
            name: "Metainfo", dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: settings
        ),
        .testTarget(name: "MetainfoTests", dependencies: ["Metainfo"], swiftSettings: settings),
        .target(
            name: "GossipNode",
            dependencies: [
                "ZeroMQ", "GossipCore", "GossipWire", "Metainfo", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
    ]
)
