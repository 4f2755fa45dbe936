using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;

namespace StubResolver.Configuration;

/// <summary>Keeps the last good resolv.conf, or what the network interfaces say in its place. Not thread-safe.</summary>
internal sealed class ResolvConfReader
{
    private const string AdaptersName = "The network interfaces";

    private readonly SystemSource _source;
    private readonly ILogger _logger;
    private readonly TrackedFile? _file;
    private readonly string? _resOptions;
    private readonly string? _localDomain;
    private string? _hostDomain;
    private bool _isLoaded;
    private bool _isInTrouble;

    public ResolvConfReader(SystemSource source, ILogger logger)
    {
        _source = source;
        _logger = logger;
        _file = source.ResolvConfPath is { } path ? new TrackedFile(source, path, ResolvConf.MaxLength) : null;
        _resOptions = source.GetVariable("RES_OPTIONS");
        _localDomain = source.GetVariable("LOCALDOMAIN");
    }

    /// <summary>Gets what is in use; without servers if there was never a usable one.</summary>
    public ResolvConf Current { get; private set; } = new();

    /// <summary>Gets what the servers in use come from.</summary>
    public string Origin => Current.Servers.Count > 0 ? SourceName : "by default";

    private string SourceName => _file?.Path ?? AdaptersName;

    /// <summary>Reads again what may have changed, unless "no-reload" is set.</summary>
    /// <param name="now">The time of day.</param>
    /// <param name="adapters">The network interfaces, where they are asked.</param>
    /// <param name="isNetworkNew">Whether local addresses have changed: names of IPv6 zones may mean other interfaces.</param>
    public void Refresh(DateTimeOffset now, IReadOnlyList<NetworkAdapter>? adapters, bool isNetworkNew)
    {
        if (Current.Options.NoReload)
        {
            return;
        }

        if (_file is null)
        {
            Take(adapters is null ? null : AdapterOrder.ToResolvConf(adapters, GetHostDomain()), adapters is null ? "cannot be read" : "name no usable DNS server");
            return;
        }

        if (isNetworkNew)
        {
            _file.Forget();
        }

        FileRead read = _file.Read(now);
        if (read.Status != FileReadStatus.Unchanged)
        {
            Take(read.Status == FileReadStatus.Read ? ResolvConf.Parse(read.Content.Span) : null, _file.Describe(read.Status, "names no usable DNS server"));
        }
    }

    private void Take(ResolvConf? read, string problem)
    {
        if (read is { Servers.Count: > 0 })
        {
            Use(read);
            _isInTrouble = false;
            return;
        }

        if (read is { IgnoredLines.Count: > 0 })
        {
            problem = $"{problem} (ignored: {string.Join("; ", read.IgnoredLines)})";
        }

        if (!_isLoaded)
        {
            Use(read ?? new ResolvConf());
            ResolverLog.NoServerConfigured(_logger, SourceName, problem);
        }
        else if (!_isInTrouble)
        {
            ResolverLog.LastConfigurationKept(_logger, SourceName, problem);
        }

        _isInTrouble = true;
    }

    private void Use(ResolvConf read)
    {
        ResolvConf complete = read.WithEnvironment(_resOptions, _localDomain);
        if (complete.UnknownOptions.Count > 0)
        {
            TellUnknownOptions(complete.UnknownOptions);
        }

        if (complete is { IgnoredLines.Count: > 0, Servers.Count: > 0 } && !complete.IgnoredLines.SequenceEqual(Current.IgnoredLines))
        {
            ResolverLog.LinesIgnored(_logger, SourceName, string.Join("; ", complete.IgnoredLines));
        }

        _isLoaded = true;

        // Without "search" and "domain" the suffix is the host's own (resolv.conf(5)).
        Current = complete.SearchDomains is null ? complete with { SearchDomains = SuffixList.Create(GetHostDomain()) } : complete;
    }

    private void TellUnknownOptions(IReadOnlyList<string> options)
    {
        if (!options.SequenceEqual(Current.UnknownOptions))
        {
            ResolverLog.UnknownOptionsIgnored(_logger, SourceName, options);
        }
    }

    private string GetHostDomain() => _hostDomain ??= _source.GetHostDomain();
}
