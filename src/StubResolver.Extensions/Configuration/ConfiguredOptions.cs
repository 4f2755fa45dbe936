using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.Configuration;

/// <summary>One step of the options of the resolver without a key: sets what a configuration says, and reports what it says wrongly.</summary>
internal sealed class ConfiguredOptions(IConfiguration configuration) : IConfigureOptions<DnsResolverOptions>, IValidateOptions<DnsResolverOptions>
{
    public void Configure(DnsResolverOptions options) => OptionsReader.Read(configuration, options);

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
