using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What callers do after a lookup runs where the lookup ended: it must not stand in the way of anything that the resolver waits for.</summary>
public sealed class BlockingCallerTests : ScenarioTestBase
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(DnsProtocol.Udp)]
    [InlineData(DnsProtocol.Tcp)]
    public async Task DisposeAsync_BlockedOnRightAfterALookup_Ends(DnsProtocol protocol)
    {
        DnsTestServer server = StartServerWithGate();
        DnsResolver resolver = CreateResolver(options => options.Servers = [new DnsServer(server.EndPoint, protocol)]);

        Task<bool> caller = BlockAfterAsync(resolver.ResolveAddressesAsync("a.test").AsTask(), resolver);
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        _gate.SetResult();

        (await caller).Should().BeTrue();
    }

    [Fact]
    public async Task DisposeAsync_BlockedOnWhileTheOtherFamilyIsAskedAgain_Ends()
    {
        DnsTestServer server = StartServer().OnAnyQuery((query, response) =>
        {
            if (query.Type == DnsRecordType.A)
            {
                response.AddAddress("127.0.0.1");
            }
            else
            {
                response.Code(DnsResponseCode.ServerFailure).DelayUntil(_gate.Task);
            }
        });
        DnsResolver resolver = CreateResolver(options => options.AddressQueryOrder = DnsAddressOrder.Parallel, server);

        Task<bool> caller = BlockAfterAsync(resolver.ResolveAddressesAsync("a.test").AsTask(), resolver);
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        await SettleAsync();
        _gate.SetResult();

        (await caller).Should().BeTrue();
    }

    // A caller's continuation runs right where the lookup ends, as that of any task does: here it blocks there.
    private static Task<bool> BlockAfterAsync(Task lookup, DnsResolver resolver) => lookup.ContinueWith(
        _ => resolver.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private DnsTestServer StartServerWithGate() => StartServer().OnAnyQuery((query, response) => response
        .AddAddress(query.Type == DnsRecordType.Aaaa ? "::1" : "127.0.0.1")
        .DelayUntil(_gate.Task));
}
