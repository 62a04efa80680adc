import ArgumentParser
import Logging
import ProgramSupport

/// What is said on standard error, and how.
struct LogOptions: ParsableArguments {
    @Option(
        help: """
            trace, debug, info, notice, warning, error or critical. (default: info; where progress is redrawn notice)
            """)
    var logLevel: Logger.Level?

    @Option(
        help: """
            text or json: how the log is written. With json standard error holds nothing but JSON, an object a line with \
            time, level, logger, message and metadata; progress is then shown by --json alone.
            """)
    var logFormat = LogFormat.text

    /// How progress is shown beside the log.
    /// - Parameters:
    ///   - label: what lines beside it are said to come from.
    ///   - options: what was asked for.
    func display(_ label: String, _ options: ProgressOptions) -> ProgressDisplay {
        guard logFormat == .json else { return ProgressDisplay(options.mode) }
        return ProgressDisplay(options.mode == .text ? .none : options.mode, label: label)
    }

    /// Sets up logging for the process; call once.
    /// - Parameter display: what is redrawn on the terminal, if anything: the log's lines must not run into it.
    func logger(_ label: String, _ display: ProgressDisplay? = nil) -> Logger {
        if logFormat == .json {
            LoggingSystem.bootstrap { JSONLogHandler(label: $0) }
        } else if let display, display.isLive {
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
extension LogFormat: ExpressibleByArgument {}
