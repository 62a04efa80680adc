/// Where the peers that a node may draw come from.
public enum PeerSampling: Hashable, Sendable {
    /// The union of the tracker's answers.
    case tracker
    /// A partial view of at most `viewSize` peers, renewed in each cycle by a shuffle of at most `shuffleLength` entries
    /// with one of them: after the first contact the swarm needs no tracker.
    ///
    /// Source: Voulgaris, Gavidia and van Steen, *CYCLON: Inexpensive Membership Management for Unstructured P2P
    /// Overlays*, J. Network and Systems Management 13(2), 2005, section 2.2.
    case cyclon(viewSize: UInt16, shuffleLength: UInt16)

    /// The paper's cache of 20, and a shuffle of 8.
    public static let cyclon = PeerSampling.cyclon(viewSize: 20, shuffleLength: 8)

    /// What a view may hold.
    public static let viewSizes = 1...256

    /// Which it is, without its sizes.
    public enum Kind: String, CaseIterable, Sendable {
        case tracker, cyclon

        /// - Parameter sizes: of no account for the tracker.
        public func sampling(_ sizes: Sizes) -> PeerSampling {
            switch self {
            case .tracker: .tracker
            case .cyclon: .cyclon(viewSize: sizes.view, shuffleLength: sizes.shuffle)
            }
        }
    }

    /// How many peers a view has room for, and how many a shuffle carries.
    public struct Sizes: Equatable, Sendable {
        public static let standard = Sizes(view: 20, shuffle: 8)

        public var view: UInt16
        public var shuffle: UInt16

        public init(view: UInt16, shuffle: UInt16) {
            self.view = view
            self.shuffle = shuffle
        }
    }

    public var kind: Kind {
        switch self {
        case .tracker: .tracker
        case .cyclon: .cyclon
        }
    }

    /// Nil where there is no view.
    public var sizes: Sizes? {
        switch self {
        case .tracker: nil
        case .cyclon(let viewSize, let shuffleLength): Sizes(view: viewSize, shuffle: shuffleLength)
        }
    }
}
