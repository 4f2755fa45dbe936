using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace StubResolver.DependencyInjection;

/// <summary>Takes the clock, the logs and the meters that the options leave open from the container, where it has them.</summary>
internal sealed class ContainerDefaults(IServiceProvider services) : IPostConfigureOptions<DnsResolverOptions>
{
    public void PostConfigure(string? name, DnsResolverOptions options)
    {
        options.TimeProvider ??= services.GetService<TimeProvider>();
        options.LoggerFactory ??= services.GetService<ILoggerFactory>();
        options.MeterFactory ??= services.GetService<IMeterFactory>();
    }
}
