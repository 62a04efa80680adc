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

let package = Package(
    name: "gotorrent",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        // Without its trait, which would bring the whole of Foundation.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .target(name: "GossipCore", swiftSettings: settings),
        .target(name: "GossipWire", dependencies: ["GossipCore"], swiftSettings: settings),
        .target(
            name: "Topology", dependencies: ["GossipCore", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings),
        .target(
            name: "Reporting",
            dependencies: [
                "GossipCore", "GossipWire", .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings),
        .testTarget(name: "TopologyTests", dependencies: ["Topology", "GossipCore"], swiftSettings: settings),
        .testTarget(
            name: "ReportingTests", dependencies: ["Reporting", "GossipCore", "GossipWire"], swiftSettings: settings),
    ]
)
