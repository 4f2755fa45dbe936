using Microsoft.Extensions.Options;

namespace StubResolver.DependencyInjection;

/// <summary>Reports everything that is wrong with the options of a resolver, whichever way they were set.</summary>
internal sealed class DnsResolverOptionsValidator : IValidateOptions<DnsResolverOptions>
{
    public ValidateOptionsResult Validate(string? name, DnsResolverOptions options)
    {
        IReadOnlyList<string> errors = options.GetErrors();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Select(error => Describe(name, error)));
    }

    // Every error begins with the property it is about.
    private static string Describe(string? name, string error) =>
        string.IsNullOrEmpty(name) ? $"{nameof(DnsResolverOptions)}.{error}" : $"{nameof(DnsResolverOptions)} of '{name}': {error}";
}
