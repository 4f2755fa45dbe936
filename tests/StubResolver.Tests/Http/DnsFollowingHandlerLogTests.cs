namespace StubResolver.Tests.Http;

/// <summary>What a following handler says in the log when the record moves.</summary>
public sealed class DnsFollowingHandlerLogTests : DnsFollowingHandlerTestBase
{
    [Fact]
    public async Task SendAsync_RecordMovesTwice_TellsOfTheReplacementAndOfTheOneThatWaits()
    {
        using LogCollector log = new();
        using HttpMessageInvoker client = CreateClient(new DnsConnectorOptions { LoggerFactory = log });
        await client.ReadAsync(Uri());
        await Resolver.DeliveredAsync(Host);
        await Resolver.ChangeAndDeliverAsync(Host, NewAddress);
        await client.ReadAsync(Uri());

        await Resolver.ChangeAndDeliverAsync(Host, OldAddress);

        log.Entries.Should().Equal(
            $"Debug 5011 DnsFollowingHandler: {Host} has left {OldAddress}: new requests go to new connections, and those under way finish.",
            $"Debug 5012 DnsFollowingHandler: {Host} has left {NewAddress}, but its addresses keep changing: connections are replaced in 60000 ms.");
    }
}
