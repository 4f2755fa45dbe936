using System.Diagnostics.CodeAnalysis;
using StubResolver;

namespace HttpClientSample;

/// <summary>What the sample was asked to do: nothing for the demonstration, or a URL and the servers to ask.</summary>
internal sealed record CommandLine(Uri? Url, IReadOnlyList<DnsServer> Servers)
{
    public static bool TryParse(string[] args, [NotNullWhen(true)] out CommandLine? commandLine, [NotNullWhen(false)] out string? error)
    {
        commandLine = null;
        error = null;
        Uri? url = null;
        List<DnsServer> servers = [];
        for (int i = 0; i < args.Length && error is null; i++)
        {
            if (args[i] == "--server")
            {
                string? text = ++i < args.Length ? args[i] : null;
                error = ReadServer(text, servers);
            }
            else if (args[i].StartsWith('-'))
            {
                error = $"unknown option '{args[i]}'.";
            }
            else
            {
                error = url is null ? ReadUrl(args[i], out url) : $"'{args[i]}' is one URL too many.";
            }
        }

        if (error is null && url is null && servers.Count > 0)
        {
            error = "--server goes with a URL.";
        }

        commandLine = error is null ? new CommandLine(url, servers) : null;
        return commandLine is not null;
    }

    private static string? ReadUrl(string text, out Uri? url)
    {
        bool isUrl = Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url.Host.Length > 0;
        return isUrl ? null : $"'{text}' is not an http or https URL.";
    }

    private static string? ReadServer(string? text, List<DnsServer> servers)
    {
        if (!DnsServer.TryParse(text, out DnsServer? server))
        {
            return text is null ? "--server needs an address." : $"'{text}' is not the address of a DNS server.";
        }

        servers.Add(server);
        return null;
    }
}
