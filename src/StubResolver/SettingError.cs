namespace StubResolver;

/// <summary>One rule that options break.</summary>
/// <param name="Setting">The setting, as in "Cache.MaxTtl" or "Servers[1]".</param>
/// <param name="Rule">The rest of the sentence; of a rule about two settings what stands between them.</param>
/// <param name="OtherSetting">The second setting of a rule about two.</param>
/// <param name="Rest">What stands behind the second setting.</param>
internal readonly record struct SettingError(string Setting, string Rule, string? OtherSetting = null, string Rest = "")
{
    /// <summary>Returns the sentence.</summary>
    /// <param name="describe">What a setting is called elsewhere; <see langword="null"/> where it is only a property.</param>
    /// <param name="prefix">What stands before a sentence that begins with a property.</param>
    public string Write(Func<string, string?>? describe, string prefix)
    {
        string subject = describe?.Invoke(Setting) ?? prefix + Setting;
        return OtherSetting is null ? $"{subject} {Rule}" : $"{subject} {Rule} {describe?.Invoke(OtherSetting) ?? OtherSetting} {Rest}";
    }
}
