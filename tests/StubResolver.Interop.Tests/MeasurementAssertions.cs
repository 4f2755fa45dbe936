using FluentAssertions.Execution;

namespace StubResolver.Interop.Tests;

/// <summary>What a lookup may cost where nothing is wrong.</summary>
internal static class MeasurementAssertions
{
    // The shortest of the resolver's own timers is 500 ms; servers on loopback need about one.
    private static readonly TimeSpan s_underEveryTimer = TimeSpan.FromMilliseconds(250);

    /// <summary>Asserts that nothing was waited for, and that no more than so many queries were sent.</summary>
    public static void ShouldCostNoTimer<TAnswer>(this Measurement<TAnswer> measured, int queries)
    {
        using AssertionScope scope = new();
        measured.Queries.Should().BeInRange(1, queries);
        measured.Elapsed.Should().BeLessThan(s_underEveryTimer);
    }
}
