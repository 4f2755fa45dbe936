using System.Globalization;

namespace StubResolver;

/// <summary>An extended error a server sent with its response (RFC 8914).</summary>
/// <remarks>Immutable and thread-safe. Equal when code and text are.</remarks>
public sealed class DnsExtendedError : IEquatable<DnsExtendedError>
{
    /// <summary>Creates an extended error.</summary>
    /// <param name="code">The INFO-CODE, 0 to 65,535.</param>
    /// <param name="text">The EXTRA-TEXT, if any.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is out of range.</exception>
    public DnsExtendedError(int code, string? text = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(code);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, ushort.MaxValue);
        Code = code;
        Text = text;
    }

    /// <summary>Gets the INFO-CODE, as in the IANA registry "Extended DNS Error Codes".</summary>
    public int Code { get; }

    /// <summary>Gets what the INFO-CODE means, as in "Not Authoritative": its name in RFC 8914 §4 or the registry.</summary>
    /// <value><see langword="null"/> for a code that had no name when this library was made.</value>
    public string? Meaning => ExtendedErrorName.Find(Code);

    /// <summary>Gets the EXTRA-TEXT, written by the server for people; <see langword="null"/> where there is none.</summary>
    public string? Text { get; }

    /// <inheritdoc/>
    public bool Equals(DnsExtendedError? other) => other is not null && Code == other.Code && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsExtendedError);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Text);

    /// <summary>Returns code, meaning and text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"EDE {Code}{(Meaning is null ? "" : $" ({Meaning})")}{(Text is null ? "" : $": {Text}")}");
}
