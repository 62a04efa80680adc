#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension PageFrame {
    /// One line of JSON, keys in snake_case.
    package var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        do {
            return Array(try encoder.encode(self))
        } catch {
            preconditionFailure("a frame of strings and finite numbers is always JSON: \(error)")
        }
    }
}
