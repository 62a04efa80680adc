import ArgumentParser
import GossipCore

extension PeerSampling.Kind: ExpressibleByArgument {}

/// How large partial views are.
enum ViewSizes {
    static let standard = Int(PeerSampling.Sizes.standard.view)
    static let standardShuffle = Int(PeerSampling.Sizes.standard.shuffle)

    /// - Throws: `ValidationError` where there are no such views.
    @discardableResult
    static func checked(view: Int, shuffle: Int) throws -> PeerSampling.Sizes {
        let sizes = PeerSampling.viewSizes
        guard sizes.contains(view) else {
            throw ValidationError("--view-size is \(view); it must be from \(sizes.lowerBound) to \(sizes.upperBound)")
        }
        guard (1...view).contains(shuffle) else {
            throw ValidationError("--shuffle-length is \(shuffle); it must be from 1 to \(view), the size of the view")
        }
        return PeerSampling.Sizes(view: UInt16(view), shuffle: UInt16(shuffle))
    }
}
