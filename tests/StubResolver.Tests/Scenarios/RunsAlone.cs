namespace StubResolver.Tests.Scenarios;

/// <summary>Tests that count what the whole process has, or need the machine's full speed: they run one by one, after all others.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
