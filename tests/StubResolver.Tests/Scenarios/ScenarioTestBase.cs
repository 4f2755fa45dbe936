using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Configuration;
using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>
/// Resolvers over real sockets on a system of our own making and a clock that stands still. Wait for what must have arrived at a server before
/// advancing the clock: transmissions are timed from the moment before they leave.
/// </summary>
public abstract class ScenarioTestBase : IAsyncLifetime
{
    /// <summary>Wall-clock guard against hanging, far above what any test takes.</summary>
    private protected static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly List<IAsyncDisposable> _disposables = [];

    private protected FakeTimeProvider Time { get; } = new();

    /// <summary>Gets what the system says; set it before the first resolver is made.</summary>
    private protected FakeSystem Host { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (IAsyncDisposable disposable in Enumerable.Reverse(_disposables))
        {
            await disposable.DisposeAsync();
        }
    }

    /// <summary>Starts a server that runs until the end of the test.</summary>
    private protected DnsTestServer StartServer(IPEndPoint? endPoint = null)
    {
        DnsTestServer server = DnsTestServer.Start(endPoint, Time);
        _disposables.Add(server);
        return server;
    }

    /// <summary>Starts a server that reads all queries and answers none.</summary>
    private protected DnsTestServer StartSilentServer() => StartServer().OnAnyQuery((_, response) => response.Drop());

    /// <summary>Creates a resolver that asks some servers, in order, and lives until the end of the test.</summary>
    private protected DnsResolver CreateResolver(params DnsTestServer[] servers) => CreateResolver(_ => { }, servers);

    /// <inheritdoc cref="CreateResolver(DnsTestServer[])"/>
    private protected DnsResolver CreateResolver(Action<DnsResolverOptions> configure, params DnsTestServer[] servers) =>
        CreateResolver(configure, transport: null, servers);

    /// <inheritdoc cref="CreateResolver(DnsTestServer[])"/>
    private protected DnsResolver CreateResolver(Action<DnsResolverOptions> configure, DnsTransport? transport, params DnsTestServer[] servers)
    {
        DnsResolverOptions options = new() { Servers = [.. servers.Select(server => (DnsServer)server.EndPoint)], TimeProvider = Time };
        configure(options);
        options.GetErrors().Should().BeEmpty();
        ILogger logger = LookupPipeline.CreateLogger(options);
        TimeProvider time = options.TimeProvider ?? TimeProvider.System;
        DnsResolver resolver = new(new LookupPipeline(options.Copy(), new SystemConfiguration(Host, time, logger), transport));
        _disposables.Add(resolver);
        return resolver;
    }

    /// <summary>Disposes of something at the end of the test.</summary>
    private protected T Track<T>(T disposable)
        where T : IAsyncDisposable
    {
        _disposables.Add(disposable);
        return disposable;
    }

    /// <summary>
    /// Advances the clock step by step until a task has ended or the time is over, and lets sockets keep up between the steps; then waits for
    /// the task. How far the clock went by then depends on the machine: for the moment something happens look at what the servers recorded.
    /// Where nothing else may happen meanwhile, thousands of small steps leave time to a thread that is held up.
    /// </summary>
    private protected async Task<T> AdvanceUntilEndAsync<T>(Task<T> task, TimeSpan step, TimeSpan longest)
    {
        await AdvanceUntilAsync(() => task.IsCompleted, step, longest);
        return await task.WaitAsync(Guard);
    }

    /// <summary>Advances the clock step by step until a condition holds or the time is over.</summary>
    private protected async Task AdvanceUntilAsync(Func<bool> condition, TimeSpan step, TimeSpan longest)
    {
        using Echo echo = new();
        await echo.WaitAsync();
        for (TimeSpan passed = TimeSpan.Zero; passed < longest && !condition(); passed += step)
        {
            Time.Advance(step);
            await echo.WaitAsync();
        }
    }

    /// <summary>Lets what is on its way through sockets and thread pool arrive; the clock stands.</summary>
    private protected static async Task SettleAsync()
    {
        using Echo echo = new();
        await echo.WaitAsync();
    }
}
