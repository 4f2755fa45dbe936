using System.Text;

namespace StubResolver.Configuration;

/// <summary>
/// Lines and words of the system's configuration files. Takes whatever octets there are and never throws. Plain loops: the generic
/// splitters and searchers would be compiled for the few lines of a resolv.conf, which made half the time a resolver takes to start.
/// </summary>
internal static class ConfigurationText
{
    private const int MaxShortLength = 4096;

    /// <summary>Decodes UTF-8, with or without a byte order mark; what is none becomes replacement characters.</summary>
    public static string Decode(ReadOnlySpan<byte> content)
    {
        if (content.Length > MaxShortLength)
        {
            return DecodeUtf8(content);
        }

        char[] text = new char[content.Length];
        for (int i = 0; i < content.Length; i++)
        {
            if (content[i] > 0x7F)
            {
                return DecodeUtf8(content);
            }

            text[i] = (char)content[i];
        }

        return new string(text);
    }

    /// <summary>Cuts the next line that is not empty off a text, whether it ends in LF, CR LF or CR; empty at the text's end.</summary>
    public static ReadOnlySpan<char> NextLine(scoped ref ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length && text[start] is '\r' or '\n')
        {
            start++;
        }

        text = text[start..];
        int end = text.IndexOfAny('\r', '\n');
        ReadOnlySpan<char> line = end < 0 ? text : text[..end];
        text = text[line.Length..];
        return line;
    }

    /// <summary>Cuts the next word off a line; empty at its end.</summary>
    public static ReadOnlySpan<char> NextWord(scoped ref ReadOnlySpan<char> line)
    {
        int start = 0;
        while (start < line.Length && IsBlank(line[start]))
        {
            start++;
        }

        int end = start;
        while (end < line.Length && !IsBlank(line[end]))
        {
            end++;
        }

        ReadOnlySpan<char> word = line[start..end];
        line = line[end..];
        return word;
    }

    // The runtime's decoder takes over 1 ms to load: not for a few lines that are ASCII.
    private static string DecodeUtf8(ReadOnlySpan<byte> content) => Encoding.UTF8.GetString(content is [0xEF, 0xBB, 0xBF, ..] ? content[3..] : content);

    // NUL among them: a file that was being written when the power failed may be full of it.
    private static bool IsBlank(char c) => c is ' ' or '\t' or '\v' or '\f' or '\0';
}
