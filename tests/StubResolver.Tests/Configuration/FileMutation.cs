using System.Text;

namespace StubResolver.Tests.Configuration;

/// <summary>Makes broken configuration files: noise, words at random, mutated files of real systems.</summary>
internal static class FileMutation
{
    private const int MaxLength = 256;

    private static readonly byte[][] s_files = [.. WildFiles.ResolvConfs.Concat(WildFiles.HostsFiles).Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] s_words =
    [
        .. new[]
        {
            "nameserver ", "search ", "domain ", "options ", "sortlist ", "ndots:", "timeout:", "attempts:", "rotate ", "use-vc ", "no-reload ", "#", ";",
            "192.0.2.1", "2001:db8::1", "fe80::1%", "[", "]:", "%", "::", ".", "0", "9999999999", "-", " ", "\t", "\n", "\r\n", "\0", "\uFEFF", "host.test", "é",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public static byte[] Next(Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                byte[] garbage = new byte[random.Next(MaxLength)];
                random.NextBytes(garbage);
                return garbage;
            case 1:
                return [.. Enumerable.Range(0, random.Next(1, 24)).SelectMany(_ => s_words[random.Next(s_words.Length)])];
            default:
                byte[] file = s_files[random.Next(s_files.Length)];
                int start = random.Next(file.Length);
                return Mutate(file[start..Math.Min(file.Length, start + MaxLength)], random);
        }
    }

    public static byte[] Mutate(byte[] content, Random random)
    {
        for (int changes = random.Next(1, 6); changes > 0 && content.Length > 0; changes--)
        {
            int position = random.Next(content.Length);
            switch (random.Next(4))
            {
                case 0:
                    content[position] = (byte)random.Next(256);
                    break;
                case 1:
                    content[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    content = [.. content[..position], .. s_words[random.Next(s_words.Length)], .. content[position..]];
                    break;
                default:
                    content = [.. content[..position], .. content[Math.Min(content.Length, position + random.Next(8))..]];
                    break;
            }
        }

        return content;
    }
}
