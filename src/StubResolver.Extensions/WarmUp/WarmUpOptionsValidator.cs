using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.WarmUp;

/// <summary>Reports the names that are no domain names before anything is resolved, beside what is wrong with other options.</summary>
internal sealed class WarmUpOptionsValidator : IValidateOptions<WarmUpOptions>
{
    private static readonly CancellationToken s_cancelled = new(canceled: true);

    public ValidateOptionsResult Validate(string? name, WarmUpOptions options)
    {
        // It asks nobody: a lookup that is cancelled before it begins still throws for a name that is none. The application's resolver may not be
        // possible to make, or be a fake.
        using DnsResolver resolver = new(new DnsResolverOptions { Servers = [new IPEndPoint(IPAddress.Loopback, 53)], UseHostsFile = false });
        List<string> errors = [];
        foreach (string warm in options.Names)
        {
            try
            {
                _ = resolver.ResolveAddressesAsync(warm, AddressFamily.Unspecified, s_cancelled).AsTask();
            }
            catch (ArgumentException exception)
            {
                errors.Add(WarmUpOptions.Describe(warm, exception));
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
