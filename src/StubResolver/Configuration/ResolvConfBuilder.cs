using System.Net;

namespace StubResolver.Configuration;

/// <summary>Collects the lines of a resolv.conf.</summary>
internal sealed class ResolvConfBuilder
{
    private const int MaxUnknownOptions = 8;
    private const int MaxUnknownOptionLength = 64;
    private const int MaxIgnoredLines = 4;
    private const int MaxIgnoredLineLength = 128;

    private readonly ServerList _servers = new();
    private readonly List<string> _unknownOptions = [];
    private readonly List<string> _ignoredLines = [];
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
        _ignoredLines.AddRange(start.IgnoredLines);
    }

    /// <summary>Adds one line; sortlist and unknown keywords mean nothing.</summary>
    public void AddLine(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> rest = line;
        bool isUsable = NextWord(ref rest) switch
        {
            "nameserver" => AddServer(NextWord(ref rest)),
            "domain" => SetSearchDomains(NextWord(ref rest)),
            "search" => SetSearchDomains(rest),
            "options" => AddOptions(rest),
            _ => true,
        };
        if (!isUsable)
        {
            Ignore(line);
        }
    }

    /// <summary>Takes options over; false where the value of a known one cannot be read.</summary>
    public bool AddOptions(ReadOnlySpan<char> words)
    {
        bool areReadable = true;
        while (NextWord(ref words) is { IsEmpty: false } option)
        {
            if (_options.TryAdd(option))
            {
                continue;
            }

            areReadable &= !ResolvConfOptions.IsKnown(option);
            if (_unknownOptions.Count < MaxUnknownOptions)
            {
                _unknownOptions.Add(option[..Math.Min(option.Length, MaxUnknownOptionLength)].ToString());
            }
        }

        return areReadable;
    }

    /// <summary>Replaces the suffixes, with none if there is no word; false where one of them can be no name.</summary>
    public bool ReplaceSearchDomains(ReadOnlySpan<char> words)
    {
        SuffixList suffixes = new();
        bool areNames = true;
        while (NextWord(ref words) is { IsEmpty: false } suffix)
        {
            areNames &= suffixes.Add(suffix);
        }

        _searchDomains = suffixes.Items;
        return areNames;
    }

    /// <summary>Notes a line that says nothing usable.</summary>
    public void Ignore(ReadOnlySpan<char> line)
    {
        if (_ignoredLines.Count < MaxIgnoredLines)
        {
            _ignoredLines.Add(line[..Math.Min(line.Length, MaxIgnoredLineLength)].Trim().ToString());
        }
    }

    public ResolvConf Build() => new()
    {
        Servers = _servers.Items,
        SearchDomains = _searchDomains,
        Options = _options,
        UnknownOptions = _unknownOptions,
        IgnoredLines = _ignoredLines,
    };

    // The last line of "search" and "domain" wins; one without a word means nothing.
    private bool SetSearchDomains(ReadOnlySpan<char> words)
    {
        ReadOnlySpan<char> rest = words;
        return NextWord(ref rest).IsEmpty || ReplaceSearchDomains(words);
    }

    // glibc takes plain addresses only; OpenBSD writes "[address]:port".
    private bool AddServer(ReadOnlySpan<char> text)
    {
        if (DnsServerText.TryParseAddress(text, out IPAddress? address))
        {
            return _servers.Add(address);
        }

        return text.StartsWith('[') && DnsServerText.TryParse(text.ToString(), out IPEndPoint? endPoint, out _) && _servers.Add(endPoint.Address, endPoint.Port);
    }

    // A word that begins with "#" or ";" begins a comment.
    private static ReadOnlySpan<char> NextWord(scoped ref ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> word = ConfigurationText.NextWord(ref line);
        return word is ['#' or ';', ..] ? line = [] : word;
    }
}
