using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.HttpClients;

/// <summary>Keeps the handlers of clients that follow DNS: a handler replaced by the clock would drop connections that nothing is wrong with.</summary>
internal sealed class FollowingHandlerLifetime(IOptionsMonitor<ClientDnsOptions> choices) : IPostConfigureOptions<HttpClientFactoryOptions>
{
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (choices.Get(name).Effective?.Kind == DnsChoiceKind.Following)
        {
            options.HandlerLifetime = Timeout.InfiniteTimeSpan;
        }
    }
}
