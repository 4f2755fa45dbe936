using System.Text;

namespace StubResolver;

/// <summary>A name inside a record: names are equal without regard to the case of ASCII letters (RFC 4343 §3).</summary>
internal readonly record struct RecordName(string Text)
{
    public readonly string Text = Text;

    public bool Equals(RecordName other) => Text == other.Text || Ascii.EqualsIgnoreCase(Text, other.Text);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);
}
