import ArgumentParser
import Logging

/// How much is said on standard error.
struct LogOptions: ParsableArguments {
    @Option(
        help: """
            trace, debug, info, notice, warning, error or critical. (default: info; where progress is redrawn notice)
            """)
    var logLevel: Logger.Level?

    /// Sets up logging for the process; call once.
    /// - Parameter display: what is redrawn on the terminal, if anything: the log's lines must not run into it.
    func logger(_ label: String, _ display: ProgressDisplay? = nil) -> Logger {
        if let display, display.isLive {
            LoggingSystem.bootstrap { _ in DisplayedLog(display: display) }
        } else {
            LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        }
        var logger = Logger(label: label)
        logger.logLevel = logLevel ?? (display?.isLive == true ? .notice : .info)
        return logger
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
