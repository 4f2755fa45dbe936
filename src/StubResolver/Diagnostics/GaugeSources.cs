namespace StubResolver.Diagnostics;

/// <summary>Where the gauges of one resolver read.</summary>
/// <param name="CachedNames">The names in the cache.</param>
/// <param name="QuestionsInFlight">The questions that servers are being asked.</param>
/// <param name="QuestionsWaiting">The questions that wait until others are done.</param>
internal sealed record GaugeSources(Func<long> CachedNames, Func<long> QuestionsInFlight, Func<long> QuestionsWaiting);
