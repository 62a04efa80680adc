/// What a class tells its clock; see `ClockStateMachine.pause`.
public enum ClockCommand: String, CaseIterable, Sendable {
    case pause
    case step
    case resume
}
