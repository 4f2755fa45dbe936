namespace StubResolver.Tests.Wire;

/// <summary>Octets written as hex digits, with blanks where they help the reader.</summary>
internal static class Hex
{
    public static byte[] Decode(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
