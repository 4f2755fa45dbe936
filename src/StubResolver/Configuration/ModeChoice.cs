namespace StubResolver.Configuration;

/// <summary>Who answers address lookups, and why.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Reason">What decided it, for the log.</param>
/// <param name="UnreadableVariable">What the environment says if that is no mode.</param>
internal readonly record struct ModeChoice(DnsResolverMode Mode, string Reason, string? UnreadableVariable = null)
{
    /// <summary>The variable that switches a program that is already deployed.</summary>
    public const string VariableName = "STUBRESOLVER_MODE";

    /// <summary>Chooses: the environment wins over the option.</summary>
    /// <param name="option">The mode in the options.</param>
    /// <param name="variable">What the environment says; <see langword="null"/> or empty for nothing.</param>
    public static ModeChoice Choose(DnsResolverMode option, string? variable)
    {
        string? text = variable?.Trim();
        return text switch
        {
            null or "" => new ModeChoice(option, option == DnsResolverMode.Managed ? "by default" : "by the options"),
            _ when Parse(text) is { } mode => new ModeChoice(mode, $"by {VariableName}"),
            _ => new ModeChoice(option, "by the options", text),
        };
    }

    private static DnsResolverMode? Parse(string text) => text.ToUpperInvariant() switch
    {
        "MANAGED" => DnsResolverMode.Managed,
        "SYSTEM" => DnsResolverMode.System,
        "SHADOW" => DnsResolverMode.Shadow,
        _ => null,
    };
}
