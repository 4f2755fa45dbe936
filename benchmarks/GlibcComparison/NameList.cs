using System.Text;

namespace StubResolver.GlibcComparison;

/// <summary>Reads lists of names: one a line, "%" and two hexadecimal digits for an octet of UTF-8; "# " begins a comment.</summary>
internal static class NameList
{
    public static IReadOnlyList<string> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal)).Select(Uri.UnescapeDataString)];

    /// <summary>Writes a name as such a list has it.</summary>
    public static string Escape(string name)
    {
        StringBuilder text = new();
        foreach (byte octet in Encoding.UTF8.GetBytes(name))
        {
            text.Append(octet is > (byte)' ' and <= (byte)'~' and not (byte)'%' ? ((char)octet).ToString() : $"%{octet:X2}");
        }

        return text.ToString();
    }
}
