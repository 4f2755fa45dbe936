namespace StubResolver.Extensions.WarmUp;

/// <summary>What all calls of <c>AddDnsWarmUp</c> named.</summary>
internal sealed class WarmUpOptions
{
    public List<string> Names { get; } = [];
}
