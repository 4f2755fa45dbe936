using Microsoft.Extensions.Options;

namespace StubResolver.DependencyInjection;

/// <summary>Reports everything that is wrong with the options of a resolver, whichever way they were set.</summary>
internal sealed class DnsResolverOptionsValidator : IValidateOptions<DnsResolverOptions>
{
    public ValidateOptionsResult Validate(string? name, DnsResolverOptions options)
    {
        string prefix = string.IsNullOrEmpty(name) ? $"{nameof(DnsResolverOptions)}." : $"{nameof(DnsResolverOptions)} of '{name}': ";
        IReadOnlyList<string> errors = options.GetErrors(prefix);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
