namespace StubResolver.Benchmarks.Diagnostics;

/// <summary>Who listens to what a resolver measures.</summary>
public enum TelemetryListenerKind
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>A listener to all instruments.</summary>
    Meter,

    /// <summary>A listener to the activities, which asks for all their data.</summary>
    Activity,
}
