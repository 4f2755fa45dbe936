namespace StubResolver;

/// <summary>The names under which this library measures and traces, for <c>AddMeter</c> and <c>AddSource</c> of OpenTelemetry.</summary>
public static class DnsTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "StubResolver";

    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "StubResolver";
}
