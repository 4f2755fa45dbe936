using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.HttpClients;

/// <summary>
/// Applies what was chosen for an HttpClient to its primary handler, whenever the factory makes one. A filter sees the handler after every
/// <c>ConfigurePrimary…</c>, whatever the order of the calls; defaults of the factory would lose to a handler of the user's without a word.
/// </summary>
internal sealed class DnsHandlerFilter(IServiceProvider services, IOptionsMonitor<ClientDnsOptions> choices) : IHttpMessageHandlerBuilderFilter
{
    private readonly ConcurrentDictionary<DnsChoice, DnsConnector> _connectors = new();
    private readonly ConcurrentDictionary<(string Client, int EventId), bool> _warned = new();

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        string client = builder.Name ?? Options.DefaultName;
        if (choices.Get(client).Effective is { } choice)
        {
            Apply(builder, client, choice);
        }
    };

    private void Apply(HttpMessageHandlerBuilder builder, string client, DnsChoice choice)
    {
        PrimaryHandler primary = PrimaryHandler.Find(builder.PrimaryHandler);
        switch (primary.Decide(choice.Kind))
        {
            case HandlerAction.Connect:
                Connect((SocketsHttpHandler)primary.Handler, client, choice);
                break;
            case HandlerAction.Follow:
                Follow(builder, primary, client, choice);
                break;
            case HandlerAction.KeepCallback:
                KeepCallback(client, choice);
                break;
            case HandlerAction.CannotFollow:
                throw new InvalidOperationException(
                    $"HttpClient '{client}' cannot follow DNS: its primary handler has a ConnectCallback of its own. Remove it, or use UseDnsResolver.");
            case HandlerAction.CannotConnect when choice.IsForEveryClient:
                WarnOnce(client, 5101, logger => ExtensionsLog.HandlerNotSupported(logger, client, primary.Handler.GetType()));
                break;
            case HandlerAction.CannotConnect:
                throw new InvalidOperationException(
                    $"HttpClient '{client}' cannot resolve names with StubResolver: its primary handler is {primary.Handler.GetType()}, and only "
                    + "SocketsHttpHandler lets others connect. Configure one, or call UseSystemDns on the client.");
            case HandlerAction.Leave:
            default:
                break;
        }
    }

    private void Connect(SocketsHttpHandler handler, string client, DnsChoice choice)
    {
        // One connector a choice, not one a handler: it remembers which addresses refused, and handlers are replaced every two minutes.
        DnsConnector connector = _connectors.GetOrAdd(choice, static (choice, context) =>
            new DnsConnector(context.Filter.GetResolver(context.client, choice), context.Filter.CreateOptions(choice)), (Filter: this, client));
        try
        {
            handler.ConnectCallback = connector.ConnectAsync;
        }
        catch (InvalidOperationException exception) when (choice.IsForEveryClient)
        {
            WarnOnce(client, 5103, logger => ExtensionsLog.HandlerInUse(logger, client, exception));
        }
    }

    private void Follow(HttpMessageHandlerBuilder builder, PrimaryHandler primary, string client, DnsChoice choice)
    {
        SocketsHttpHandler model = (SocketsHttpHandler)primary.Handler;
        DnsFollowingHandler following = new(GetResolver(client, choice), () => SocketsHttpHandlerSettings.CopyOf(model), CreateOptions(choice));
        if (primary.Outer is null)
        {
            builder.PrimaryHandler = following;
        }
        else
        {
            primary.Outer.InnerHandler = following;
        }
    }

    private void KeepCallback(string client, DnsChoice choice)
    {
        if (CreateOptions(choice).AddressPolicy is not null)
        {
            throw new InvalidOperationException(
                $"HttpClient '{client}' has an AddressPolicy that would not be asked: its primary handler has a ConnectCallback of its own, which is kept. "
                + "Remove the callback, or connect in it with DnsConnector.ConnectAsync.");
        }

        WarnOnce(client, 5102, logger => ExtensionsLog.CallbackKept(logger, client));
    }

    private IDnsResolver GetResolver(string client, DnsChoice choice) => choice.ServiceKey is null
        ? services.GetRequiredService<IDnsResolver>()
        : services.GetKeyedService<IDnsResolver>(choice.ServiceKey) ?? throw new InvalidOperationException(
            $"HttpClient '{client}' uses the resolver with the key '{choice.ServiceKey}', and there is none: call AddKeyedDnsResolver with that key.");

    private DnsConnectorOptions CreateOptions(DnsChoice choice)
    {
        DnsConnectorOptions options = new() { TimeProvider = services.GetService<TimeProvider>(), LoggerFactory = services.GetService<ILoggerFactory>() };
        choice.Configure?.Invoke(options);
        return options;
    }

    private void WarnOnce(string client, int eventId, Action<ILogger> warn)
    {
        // Asked for late: logging may itself use the factory.
        if (_warned.TryAdd((client, eventId), true) && services.GetService<ILoggerFactory>() is { } logs)
        {
            warn(logs.CreateLogger(ExtensionsLog.HttpClientsCategory));
        }
    }
}
