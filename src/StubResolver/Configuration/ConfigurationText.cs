using System.Buffers;
using System.Text;

namespace StubResolver.Configuration;

/// <summary>Lines and words of the system's configuration files. Takes whatever octets there are and never throws.</summary>
internal static class ConfigurationText
{
    /// <summary>What ends a line; the second half of CR LF makes an empty line, which means nothing.</summary>
    public static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    // NUL among them: a file that was being written when the power failed may be full of it.
    private static readonly SearchValues<char> s_blanks = SearchValues.Create(" \t\v\f\0");

    /// <summary>Decodes UTF-8, with or without a byte order mark; what is none becomes replacement characters.</summary>
    public static string Decode(ReadOnlySpan<byte> content) =>
        Encoding.UTF8.GetString(content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content);

    /// <summary>Cuts the next word off a line; empty at its end.</summary>
    public static ReadOnlySpan<char> NextWord(ref ReadOnlySpan<char> line)
    {
        int start = line.IndexOfAnyExcept(s_blanks);
        if (start < 0)
        {
            return line = [];
        }

        line = line[start..];
        int end = line.IndexOfAny(s_blanks);
        ReadOnlySpan<char> word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word;
    }
}
