using System.Globalization;

namespace StubResolver.Extensions.Configuration;

/// <summary>Reads single values as configuration writes them. Each method returns what is wrong, as a predicate, or <see langword="null"/>.</summary>
internal static class ValueText
{
    private const string TimeExample = "write a time as in 00:00:10 (10 seconds), 00:00:00.250 or 1.00:00:00 (1 day)";

    public static string? ReadTime(string text, out TimeSpan value)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (!TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out value))
        {
            return $"is not a time: {TimeExample}";
        }

        // TimeSpan reads "10" as ten days, and "24:00:00" as 24 days, without a word.
        if (IsWholeNumber(trimmed) && value != TimeSpan.Zero)
        {
            return $"is a number without a unit, and would be days: {Suggest(trimmed)}";
        }

        if (HasTooManyHours(trimmed))
        {
            return $"has more than 23 hours, and would be days: {TimeExample}";
        }

        return value < TimeSpan.Zero ? "is negative, and a time must not be" : null;
    }

    /// <summary>Reads a time that may be infinite: -00:00:00.001, as everywhere in .NET, or "Infinite".</summary>
    public static string? ReadTimeOrInfinite(string text, out TimeSpan value)
    {
        if (text.AsSpan().Trim().Equals("Infinite", StringComparison.OrdinalIgnoreCase))
        {
            value = Timeout.InfiniteTimeSpan;
            return null;
        }

        string? error = ReadTime(text, out value);
        return value == Timeout.InfiniteTimeSpan ? null : error;
    }

    public static string? ReadInt32(string text, out int value) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value) ? null : "is not a whole number";

    public static string? ReadDouble(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) ? null : "is not a number: write it as in 0.25";

    public static string? ReadBoolean(string text, out bool value) => bool.TryParse(text, out value) ? null : "is neither true nor false";

    /// <summary>Reads a name of an enum, in any case; numbers and lists of names, which <see cref="Enum"/> reads, are mistakes.</summary>
    public static string? ReadEnum<TEnum>(string text, out TEnum value)
        where TEnum : struct, Enum
    {
        string[] names = Enum.GetNames<TEnum>();
        int index = Array.FindIndex(names, name => text.AsSpan().Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
        value = index < 0 ? default : Enum.GetValues<TEnum>()[index];
        return index < 0 ? $"is not one of {string.Join(", ", names)}" : null;
    }

    private static bool IsWholeNumber(ReadOnlySpan<char> text) => !text.TrimStart('-').ContainsAnyExceptInRange('0', '9');

    private static bool HasTooManyHours(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        return text.Count(':') == 2
            && int.TryParse(text[..colon], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int hours)
            && Math.Abs(hours) > 23;
    }

    private static string Suggest(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"write 00:00:{seconds:00} for {seconds} seconds")
            : TimeExample;
}
