using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.Configuration;

/// <summary>One step of the options of the resolver without a key: sets what a configuration says, and reports what it says wrongly.</summary>
internal sealed class ConfiguredOptions(IConfiguration configuration, ILogger? logger)
    : IConfigureOptions<DnsResolverOptions>, IValidateOptions<DnsResolverOptions>
{
    private int _hasWarned;

    public void Configure(DnsResolverOptions options)
    {
        OptionsReader.Read(configuration, options);
        if (logger is not null && configuration is IConfigurationSection section && !section.Exists() && Interlocked.Exchange(ref _hasWarned, 1) == 0)
        {
            ExtensionsLog.SectionMissing(logger, section.Path);
        }
    }

    public ValidateOptionsResult Validate(string? name, DnsResolverOptions options)
    {
        if (name != Options.DefaultName)
        {
            return ValidateOptionsResult.Skip;
        }

        // Options are made afresh for each use, so what went wrong is not kept: it is found again.
        IReadOnlyList<string> errors = OptionsReader.Read(configuration, new DnsResolverOptions());
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
