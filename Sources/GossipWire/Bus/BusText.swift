/// Bounds of what strangers may have us show and log.
enum BusText {
    private static let greatestSize = 255
    /// Of the reason for a failure, which may name a long path.
    static let greatestReasonSize = 2_048

    /// Whether a text is short and has no character that a terminal would act on.
    static func isSafe(_ text: String, size: Int = greatestSize) -> Bool {
        text.utf8.count <= size
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }
}
