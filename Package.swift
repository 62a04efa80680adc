// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors where `GOTORRENT_STRICT` is set, as the checks of `.ci/run` do, and nowhere else:
/// a newer compiler's new warning must not keep a user from building.
let strict = Context.environment["GOTORRENT_STRICT"] != nil

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
    name: "gotorrent",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2")
    ],
    targets: [
        .systemLibrary(
            name: "CZeroMQ", pkgConfig: "libzmq", providers: [.apt(["libzmq3-dev"]), .brew(["zeromq"])]),
        .target(name: "ZeroMQ", dependencies: ["CZeroMQ"], swiftSettings: settings),
        .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ"], swiftSettings: settings),
        .target(
            name: "Metainfo", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .testTarget(name: "MetainfoTests", dependencies: ["Metainfo"], swiftSettings: settings),
    ]
)
