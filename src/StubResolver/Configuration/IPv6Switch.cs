namespace StubResolver.Configuration;

/// <summary>The switch by which .NET programs are told to do without IPv6; System.Net's own name resolution and sockets obey it.</summary>
internal static class IPv6Switch
{
    public const string Name = "System.Net.DisableIPv6";

    public const string VariableName = "DOTNET_SYSTEM_NET_DISABLEIPV6";

    /// <summary>Decides as the runtime does: the switch wins over the environment.</summary>
    /// <param name="value">The switch; <see langword="null"/> where it is not set.</param>
    /// <param name="variable">What the environment says; <see langword="null"/> for nothing.</param>
    public static bool IsDisabled(bool? value, string? variable) =>
        value ?? (variable == "1" || string.Equals(variable, "true", StringComparison.OrdinalIgnoreCase));
}
