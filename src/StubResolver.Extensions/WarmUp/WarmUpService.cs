using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.WarmUp;

/// <summary>Resolves names in the background when the host starts, and keeps them resolved until it stops.</summary>
/// <remarks>The resolver is asked for at the start, not before: options that are wrong would keep the host from validating all others.</remarks>
internal sealed class WarmUpService(IServiceProvider services, IOptions<WarmUpOptions> options, ILoggerFactory? loggerFactory = null)
    : IHostedService, IDisposable
{
    private readonly ILogger _logger = loggerFactory?.CreateLogger(ExtensionsLog.WarmUpCategory) ?? NullLogger.Instance;
    private readonly List<IDisposable> _kept = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        IDnsResolver resolver = services.GetRequiredService<IDnsResolver>();
        List<string> errors = [];
        foreach (string name in options.Value.Names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                _kept.Add(KeepFresh(resolver, name));
            }
            catch (ArgumentException exception)
            {
                errors.Add(WarmUpOptions.Describe(name, exception)); // of a resolver of the application's, with rules of its own
            }
        }

        if (errors.Count > 0)
        {
            Dispose();
            throw new OptionsValidationException(Options.DefaultName, typeof(WarmUpOptions), errors);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _kept.ForEach(kept => kept.Dispose());
        _kept.Clear();
    }

    private IDisposable KeepFresh(IDnsResolver resolver, string name)
    {
        bool isFirst = true;
        return resolver.KeepFresh(
            name,
            AddressFamily.Unspecified,
            answer =>
            {
                isFirst = false;
                ExtensionsLog.NameIsWarm(_logger, answer.Name, answer.Records.Count);
            },
            failure =>
            {
                if (isFirst)
                {
                    ExtensionsLog.NameNotWarm(_logger, name, failure);
                }

                isFirst = false; // it is tried again in seconds
            });
    }
}
