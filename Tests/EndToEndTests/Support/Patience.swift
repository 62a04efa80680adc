import TestSupport
import Testing

extension TimeLimitTrait.Duration {
    /// So many minutes; more under a sanitizer, for a test also waits while others have their turns.
    static func patience(minutes: Int) -> Self { .minutes(Sanitizer.isOn ? 10 * minutes : minutes) }
}
