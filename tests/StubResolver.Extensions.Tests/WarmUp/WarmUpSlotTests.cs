using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StubResolver.Testing;

namespace StubResolver.Extensions.Tests.WarmUp;

/// <summary>Warm-up with a resolver of ours, which keeps it behind the lookups that somebody waits for.</summary>
public sealed class WarmUpSlotTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Start_NoFreeSlot_LookupsThatSomebodyWaitsForGoFirst()
    {
        await using DnsTestServer server = DnsTestServer.Start().AddAddress("now.example", "192.0.2.3").AddAddress("warm.example", "192.0.2.2");
        server.AddAddress("slow.example", "192.0.2.1").On("slow.example", DnsRecordType.A, (_, response) => response.DelayUntil(_gate.Task));
        using IHost host = Build(server, options => options.MaxConcurrentQueries = 1, "warm.example");
        IDnsResolver resolver = host.Services.GetRequiredService<IDnsResolver>();
        Task slow = resolver.ResolveAddressesAsync("slow.example").AsTask();
        await server.WaitForQueriesAsync(1, default).WaitAsync(s_patience);

        await host.StartAsync();
        await UntilWaitingAsync(host, 1);
        Task now = resolver.ResolveAddressesAsync("now.example").AsTask();
        await UntilWaitingAsync(host, 2);
        _gate.SetResult();
        await Task.WhenAll(slow, now).WaitAsync(s_patience);
        await server.WaitForQueriesAsync(3, default).WaitAsync(s_patience);

        server.Queries.Select(query => query.Name).Should().Equal("slow.example", "now.example", "warm.example");
        await host.StopAsync();
    }

    [Fact]
    public async Task Start_NameCannotBeResolved_IsLoggedAsSuch()
    {
        using ListLogger log = new();
        await using DnsTestServer server = DnsTestServer.Start().AddAddress("up.example", "192.0.2.1");
        using IHost host = Build(server, _ => { }, "unknown.example", "up.example", log);

        await host.StartAsync();

        await log.Warned.WaitAsync(s_patience);
        log.Messages.Should().ContainSingle(message => message.StartsWith("6102: unknown.example could not be resolved at start"));
        log.Messages.Should().NotContain(message => message.StartsWith("6102: up.example"));
        await host.StopAsync();
    }

    private static IHost Build(DnsTestServer server, Action<DnsResolverOptions> configure, params IEnumerable<object> namesAndLog)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (ILoggerProvider log in namesAndLog.OfType<ILoggerProvider>())
        {
            builder.Services.AddLogging(logging => logging.AddProvider(log));
        }

        builder.Services.AddMetrics().AddDnsWarmUp(namesAndLog.OfType<string>()).AddDnsResolver(options =>
        {
            options.Servers.Add(server.EndPoint);
            options.UseSearchList = false;
            options.IPv6 = DnsIPv6Mode.Never;
            configure(options);
        });
        return builder.Build();
    }

    private static async Task UntilWaitingAsync(IHost host, long count)
    {
        object meters = host.Services.GetRequiredService<IMeterFactory>();
        long waiting = 0;
        using CancellationTokenSource patience = new(s_patience);
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "stubresolver.questions.waiting" && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => waiting = measurement);
        listener.Start();
        while (waiting < count)
        {
            await Task.Delay(1, patience.Token);
            listener.RecordObservableInstruments();
        }
    }
}
