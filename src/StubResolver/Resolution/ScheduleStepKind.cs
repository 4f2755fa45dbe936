namespace StubResolver.Resolution;

/// <summary>The kinds of <see cref="ScheduleStep"/>.</summary>
internal enum ScheduleStepKind
{
    /// <summary>Send to a server.</summary>
    Send,

    /// <summary>Wait until a moment or an event.</summary>
    Wait,

    /// <summary>The round is over and nobody was waited for: pause, then begin the next.</summary>
    Pause,

    /// <summary>Nothing is left to send or to wait for.</summary>
    Fail,
}
