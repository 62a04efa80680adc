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
    targets: [
        .target(name: "GossipCore", swiftSettings: settings),
        .target(name: "GossipWire", dependencies: ["GossipCore"], swiftSettings: settings),
        .testTarget(
            name: "GossipCoreTests", dependencies: ["GossipCore"], exclude: ["Scenarios"], swiftSettings: settings),
        .testTarget(name: "GossipWireTests", dependencies: ["GossipWire"], swiftSettings: settings),
    ]
)
