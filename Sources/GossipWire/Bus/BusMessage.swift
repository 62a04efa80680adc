/// One message of the bus: a topic and its JSON body, two frames.
package enum BusMessage: Equatable, Sendable {
    /// Topic `cycle`.
    case cycle(CycleTick)
    /// Topic `progress.TORRENTHEX.NODE`.
    case progress(ProgressReport)
    /// Topic `event.TORRENTHEX.NODE`.
    case event(SwarmEvent)
}
