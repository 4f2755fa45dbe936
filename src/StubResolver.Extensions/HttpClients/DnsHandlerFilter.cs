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
        if (choices.Get(client) is { Effective: { } choice } chosen)
        {
            Apply(builder, new ClientChoice(client, choice, chosen));
        }
    };

    private void Apply(HttpMessageHandlerBuilder builder, ClientChoice client)
    {
        PrimaryHandler primary = PrimaryHandler.Find(builder.PrimaryHandler);
        switch (primary.Decide(client.Choice.Kind))
        {
            case HandlerAction.Connect:
                Connect((SocketsHttpHandler)primary.Handler, client);
                break;
            case HandlerAction.Follow:
                Follow(builder, primary, client);
                break;
            case HandlerAction.KeepConnector:
                KeepConnector(primary.Handler, client);
                break;
            case HandlerAction.KeepCallback:
                ThrowIfPolicy(client, "its primary handler has a ConnectCallback of its own, which is kept. Remove the callback, or connect in it with "
                    + "DnsConnector.ConnectAsync.");
                WarnOnce(client.Name, 5102, logger => ExtensionsLog.CallbackKept(logger, client.Name));
                break;
            case HandlerAction.CannotFollow:
                throw new InvalidOperationException(
                    $"HttpClient '{client.Name}' cannot follow DNS: its primary handler has a ConnectCallback of its own. Remove it, or use UseDnsResolver.");
            case HandlerAction.CannotConnect when client.Choice.IsForEveryClient:
                WarnOnce(client.Name, 5101, logger => ExtensionsLog.HandlerNotSupported(logger, client.Name, primary.Handler.GetType()));
                break;
            case HandlerAction.CannotConnect:
                throw new InvalidOperationException(
                    $"HttpClient '{client.Name}' cannot resolve names with StubResolver: its primary handler is {primary.Handler.GetType()}, and only "
                    + "SocketsHttpHandler lets others connect. Configure one, or call UseSystemDns on the client.");
            case HandlerAction.Leave:
            default:
                ThrowIfPolicy(client, "UseSystemDns leaves the connections to the operating system. Call UseDnsResolver instead, or drop the policy with "
                    + "UseDnsResolver(options => options.AddressPolicy = null) before.");
                break;
        }
    }

    private void Connect(SocketsHttpHandler handler, ClientChoice client)
    {
        // One connector a choice, not one a handler: it remembers which addresses refused, and handlers are replaced every two minutes.
        DnsConnector connector = _connectors.GetOrAdd(client.Choice, static (_, context) =>
            new DnsConnector(context.Filter.GetResolver(context.client), context.Filter.CreateOptions(context.client)), (Filter: this, client));
        try
        {
            handler.ConnectCallback = connector.ConnectAsync;
        }
        catch (InvalidOperationException exception) when (client.Choice.IsForEveryClient)
        {
            WarnOnce(client.Name, 5103, logger => ExtensionsLog.HandlerInUse(logger, client.Name, exception));
        }
    }

    private void Follow(HttpMessageHandlerBuilder builder, PrimaryHandler primary, ClientChoice client)
    {
        SocketsHttpHandler model = (SocketsHttpHandler)primary.Handler;
        DnsFollowingHandler following = new(GetResolver(client), () => SocketsHttpHandlerSettings.CopyOf(model), CreateOptions(client));
        if (primary.Outer is null)
        {
            builder.PrimaryHandler = following;
        }
        else
        {
            primary.Outer.InnerHandler = following;
        }
    }

    private void KeepConnector(HttpMessageHandler handler, ClientChoice client)
    {
        if (_connectors.TryGetValue(client.Choice, out DnsConnector? own) && (handler as SocketsHttpHandler)?.ConnectCallback?.Target == own)
        {
            return; // the application gives the client one handler again and again
        }

        ThrowIfPolicy(client, "its primary handler connects with a resolver and options of its own. Give the policy to the handler, or drop it with "
            + "UseDnsResolver(options => options.AddressPolicy = null).");
        if (client.Chosen.SetsOptions || client.Choice.ServiceKey is not null)
        {
            WarnOnce(client.Name, 5104, logger => ExtensionsLog.ConnectorKept(logger, client.Name));
        }
    }

    private void ThrowIfPolicy(ClientChoice client, string why)
    {
        if (CreateOptions(client).AddressPolicy is not null)
        {
            throw new InvalidOperationException($"HttpClient '{client.Name}' has an AddressPolicy that would not be asked: {why}");
        }
    }

    private IDnsResolver GetResolver(ClientChoice client) => client.Choice.ServiceKey is not { } key
        ? services.GetRequiredService<IDnsResolver>()
        : services.GetKeyedService<IDnsResolver>(key) ?? throw new InvalidOperationException(
            $"HttpClient '{client.Name}' uses the resolver with the key '{key}', and there is none: call AddKeyedDnsResolver with that key.");

    private DnsConnectorOptions CreateOptions(ClientChoice client)
    {
        DnsConnectorOptions options = new() { TimeProvider = services.GetService<TimeProvider>(), LoggerFactory = services.GetService<ILoggerFactory>() };
        client.Chosen.Configure(options);
        return options;
    }

    private void WarnOnce(string client, int eventId, Action<ILogger> warn)
    {
        // Asked for late: logging may itself use the factory.
        if (!_warned.TryAdd((client, eventId), true) || services.GetService<ILoggerFactory>() is not { } logs)
        {
            return;
        }

        try
        {
            warn(logs.CreateLogger(ExtensionsLog.HttpClientsCategory));
        }
        catch (Exception)
        {
            // A log that fails is no reason to have no client.
        }
    }
}
