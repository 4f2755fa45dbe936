namespace StubResolver.Tests.Performance;

/// <summary>Tests that measure the whole process, and so run when no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class RunAlone
{
    public const string Name = "Alone";
}
