using System.Net;

namespace StubResolver.Configuration;

/// <summary>Collects the lines of a resolv.conf.</summary>
internal sealed class ResolvConfBuilder
{
    private const int MaxUnknownOptions = 8;
    private const int MaxUnknownOptionLength = 64;

    private readonly ServerList _servers = new();
    private readonly List<string> _unknownOptions = [];
    private IReadOnlyList<string>? _searchDomains;
    private ResolvConfOptions _options;

    public ResolvConfBuilder()
    {
    }

    /// <summary>Starts with what was read before.</summary>
    public ResolvConfBuilder(ResolvConf start)
    {
        _servers.AddRange(start.Servers);
        _searchDomains = start.SearchDomains;
        _options = start.Options;
        _unknownOptions.AddRange(start.UnknownOptions);
    }

    /// <summary>Adds one line; sortlist and unknown keywords mean nothing.</summary>
    public void AddLine(ReadOnlySpan<char> line)
    {
        switch (NextWord(ref line))
        {
            case "nameserver":
                AddServer(NextWord(ref line));
                break;
            case "domain":
                SetSearchDomains(NextWord(ref line));
                break;
            case "search":
                SetSearchDomains(line);
                break;
            case "options":
                AddOptions(line);
                break;
        }
    }

    public void AddOptions(ReadOnlySpan<char> words)
    {
        while (NextWord(ref words) is { IsEmpty: false } option)
        {
            if (!_options.TryAdd(option) && _unknownOptions.Count < MaxUnknownOptions)
            {
                _unknownOptions.Add(option[..Math.Min(option.Length, MaxUnknownOptionLength)].ToString());
            }
        }
    }

    /// <summary>Replaces the suffixes, with none if there is no word.</summary>
    public void ReplaceSearchDomains(ReadOnlySpan<char> words)
    {
        SuffixList suffixes = new();
        while (NextWord(ref words) is { IsEmpty: false } suffix)
        {
            suffixes.Add(suffix);
        }

        _searchDomains = suffixes.Items;
    }

    public ResolvConf Build() => new()
    {
        Servers = _servers.Items,
        SearchDomains = _searchDomains,
        Options = _options,
        UnknownOptions = _unknownOptions,
    };

    // The last line of "search" and "domain" wins; one without a word means nothing.
    private void SetSearchDomains(ReadOnlySpan<char> words)
    {
        ReadOnlySpan<char> rest = words;
        if (!NextWord(ref rest).IsEmpty)
        {
            ReplaceSearchDomains(words);
        }
    }

    // glibc takes plain addresses only; OpenBSD writes "[address]:port".
    private void AddServer(ReadOnlySpan<char> text)
    {
        if (DnsServerText.TryParseAddress(text, out IPAddress? address))
        {
            _servers.Add(address);
        }
        else if (text.StartsWith('[') && DnsServerText.TryParse(text.ToString(), out IPEndPoint? endPoint, out _))
        {
            _servers.Add(endPoint.Address, endPoint.Port);
        }
    }

    // A word that begins with "#" or ";" begins a comment.
    private static ReadOnlySpan<char> NextWord(scoped ref ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> word = ConfigurationText.NextWord(ref line);
        return word is ['#' or ';', ..] ? line = [] : word;
    }
}
