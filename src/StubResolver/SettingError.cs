namespace StubResolver;

/// <summary>One rule that options break.</summary>
/// <param name="setting">The setting, as in "Cache.MaxTtl" or "Servers[1]".</param>
/// <param name="rule">The rest of the sentence; of a rule about two settings what stands between them.</param>
/// <param name="otherSetting">The second setting of a rule about two.</param>
/// <param name="rest">What stands behind the second setting.</param>
internal sealed class SettingError(string setting, string rule, string? otherSetting = null, string rest = "")
{
    /// <summary>Returns the sentence.</summary>
    /// <param name="describe">What a setting is called elsewhere; <see langword="null"/> where it is only a property.</param>
    /// <param name="prefix">What stands before a sentence that begins with a property.</param>
    public string Write(Func<string, string?>? describe, string prefix)
    {
        string subject = describe?.Invoke(setting) ?? prefix + setting;
        return otherSetting is null ? $"{subject} {rule}" : $"{subject} {rule} {describe?.Invoke(otherSetting) ?? otherSetting} {rest}";
    }
}
