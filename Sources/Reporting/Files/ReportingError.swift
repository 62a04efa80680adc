/// Why a run's records could not be kept or drawn.
package struct ReportingError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
        /// A file or folder could not be made or written.
        case file
        /// There is something where new files should go.
        case folderNotEmpty
        /// There is no gnuplot; the records are all there.
        case gnuplotMissing
        /// gnuplot ran and failed; the records are all there.
        case gnuplotFailed
    }

    package let code: Code
    /// Who could not do what and why, and what would help.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
