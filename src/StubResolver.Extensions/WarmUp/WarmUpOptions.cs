namespace StubResolver.Extensions.WarmUp;

/// <summary>What all calls of <c>AddDnsWarmUp</c> named.</summary>
internal sealed class WarmUpOptions
{
    public List<string> Names { get; } = [];

    /// <summary>Returns what is wrong with a name, in words.</summary>
    public static string Describe(string name, ArgumentException exception) => $"'{name}' cannot be kept resolved: {exception.Message}";
}
