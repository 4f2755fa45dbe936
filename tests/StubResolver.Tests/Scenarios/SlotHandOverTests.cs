using System.Net;

namespace StubResolver.Tests.Scenarios;

/// <summary>The next question leaves where the one before ends: neither one's caller may stand in the other's way.</summary>
public sealed class SlotHandOverTests : ScenarioTestBase
{
    [Fact]
    public async Task QueryAsync_CallerBlocksUntilTheNextQuestionEnds_Ends()
    {
        HeldTransport transport = new();
        DnsResolver resolver = CreateResolver(transport);
        Task first = QueryAsync(resolver, DnsRecordType.Txt);
        Task next = QueryAsync(resolver, DnsRecordType.A);
        Task<bool> caller = BlockAfterAsync(first, until: next);

        Task answer = Task.Run(() => transport.Answer(DnsRecordType.Txt));
        await transport.WaitUntilSentAsync(DnsRecordType.A).WaitAsync(Guard);
        transport.Answer(DnsRecordType.A);

        (await caller).Should().BeTrue();
        await answer;
    }

    [Fact]
    public async Task QueryAsync_NextQuestionIsAnsweredAtOnceAndItsCallerBlocks_TheOneBeforeEnds()
    {
        HeldTransport transport = new(DnsRecordType.A);
        DnsResolver resolver = CreateResolver(transport);
        Task first = QueryAsync(resolver, DnsRecordType.Txt);
        Task<bool> nextCaller = BlockAfterAsync(QueryAsync(resolver, DnsRecordType.A), until: first);

        await Task.Run(() => transport.Answer(DnsRecordType.Txt));

        (await nextCaller).Should().BeTrue();
    }

    [Fact]
    public async Task QueryAsync_ManyAnsweredAtOnce_AllEndAndTheSlotIsFree()
    {
        DnsRecordType[] prompt = [.. Enumerable.Range(1000, 1_000).Select(type => (DnsRecordType)type)];
        HeldTransport transport = new(prompt);
        DnsResolver resolver = CreateResolver(transport);
        Task first = QueryAsync(resolver, DnsRecordType.Txt);
        Task[] queries = [.. prompt.Select(type => QueryAsync(resolver, type))];

        Thread answer = new(() => transport.Answer(DnsRecordType.Txt), maxStackSize: 256 * 1024); // not enough to run them all within each other
        answer.Start();

        await Task.WhenAll([first, .. queries]).WaitAsync(Guard);
        await AdvanceUntilAsync(() => resolver.Pipeline.Engine.RunningCount == 0, TimeSpan.Zero, Guard);
        answer.Join();
        resolver.Pipeline.Engine.Context.Slots.InFlight.Should().Be(0);
    }

    [Fact]
    public async Task Dispose_QuestionsWaitForTheSlot_NoneOfThemIsSent()
    {
        DnsRecordType[] waiting = [.. Enumerable.Range(1000, 500).Select(type => (DnsRecordType)type)];
        HeldTransport transport = new();
        DnsResolver resolver = CreateResolver(transport);
        Task first = QueryAsync(resolver, DnsRecordType.Txt);
        Task[] queries = [.. waiting.Select(type => QueryAsync(resolver, type))];
        await transport.WaitUntilSentAsync(DnsRecordType.Txt).WaitAsync(Guard);

        resolver.Dispose();

        await Task.WhenAll([first, .. queries]).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Guard);
        waiting.Count(type => transport.WaitUntilSentAsync(type).IsCompleted).Should().Be(0);
    }

    private static Task<DnsAnswer<DnsRecord>> QueryAsync(DnsResolver resolver, DnsRecordType type) => resolver.QueryAsync("www.test", type).AsTask();

    // A caller's continuation runs right where the lookup ends, as that of any task does: here it blocks there.
    private static Task<bool> BlockAfterAsync(Task lookup, Task until) => lookup.ContinueWith(
        _ => until.Wait(TimeSpan.FromSeconds(10)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private DnsResolver CreateResolver(HeldTransport transport) => CreateResolver(
        options =>
        {
            options.Servers = [new IPEndPoint(IPAddress.Loopback, 53)];
            options.MaxConcurrentQueries = 1;
        },
        transport);
}
