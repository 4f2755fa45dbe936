using System.Globalization;
using System.Net;
using StubResolver.Testing;
using StubResolver.Tests.Http;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Diagnostics;

/// <summary>What is logged about servers, through a resolver.</summary>
public sealed class ServerLogTests : ScenarioTestBase, IDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(11);

    private readonly LogCollector _log = new();
    private int _names;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task ServerIsSilentTwice_IsAWarningOnce_AndInformationWhenItAnswersAgain()
    {
        bool isSilent = true;
        DnsTestServer flaky = StartServer().OnAnyQuery((_, response) => Respond(response, isSilent ? null : DnsResponseCode.NxDomain));
        DnsTestServer good = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.NxDomain));
        DnsResolver resolver = CreateResolver(options => options.LoggerFactory = _log, flaky, good);
        await AskAsync(resolver);
        List<string> afterOne = EntriesAbout(flaky.EndPoint, 2101);
        await AskAsync(resolver);
        await AskAsync(resolver);
        List<string> afterThree = EntriesAbout(flaky.EndPoint, 2101);

        isSilent = false;
        await AdvanceUntilAsync(() => EntriesAbout(flaky.EndPoint, 2102).Count > 0, () => AskAsync(resolver));

        afterOne.Should().BeEmpty("one question may have been unlucky");
        afterThree.Should().Equal($"Warning 2101 DnsResolver: {flaky.EndPoint} does not answer; it is asked after the others from now on.");
        EntriesAbout(flaky.EndPoint, 2102).Should().Equal($"Information 2102 DnsResolver: {flaky.EndPoint} answers again.");
    }

    [Fact]
    public async Task NobodyListens_IsAWarningAtOnce_AndInformationWhenSomebodyDoes()
    {
        DnsTestServer stopped = DnsTestServer.Start();
        IPEndPoint endPoint = stopped.EndPoint;
        await stopped.DisposeAsync();
        DnsTestServer good = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.NxDomain));
        DnsResolver resolver = CreateResolver(options => (options.LoggerFactory, options.Servers) = (_log, [endPoint, good.EndPoint]));
        await AskAsync(resolver);
        List<string> failed = EntriesAbout(endPoint, 2101);

        StartServer(endPoint).OnAnyQuery((_, response) => response.Code(DnsResponseCode.NxDomain));
        await AdvanceUntilAsync(() => EntriesAbout(endPoint, 2102).Count > 0, () => AskAsync(resolver));

        failed.Should().Equal($"Warning 2101 DnsResolver: {endPoint} refused the connection; it is asked after the others from now on.");
        EntriesAbout(endPoint, 2102).Should().ContainSingle();
    }

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure, "ServerFailure")]
    [InlineData(DnsResponseCode.Refused, "Refused")]
    [InlineData(null, "Timeout")]
    public async Task QueryFails_IsToldAtDebugWithItsName(DnsResponseCode? code, string error)
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => Respond(response, code));
        DnsResolver resolver = CreateResolver(options => options.LoggerFactory = _log, server);

        Task lookup = resolver.QueryAsync(NextName(), DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        using CancellationTokenSource guard = new(Guard);
        while (Entries(2001).Count == 0)
        {
            Time.Advance(code is null ? s_step : TimeSpan.Zero); // what has a reply must not time out
            await Task.Delay(1, guard.Token);
        }

        await resolver.DisposeAsync();
        await lookup.Awaiting(task => task).Should().ThrowAsync<Exception>(); // of DNS, or of the resolver's end
        Entries(2001)[0].Should().StartWith($"Debug 2001 DnsResolver: The query A n1.test to {server.EndPoint} over UDP failed: {error} (");
    }

    [Fact]
    public async Task Over500DatagramsASecondFor10Seconds_IsAWarningOnce()
    {
        using FastResponder server = new();
        DnsResolver resolver = CreateResolver(options => (options.LoggerFactory, options.Servers) = (_log, [server.Server]));
        for (int second = 0; second < 10; second++)
        {
            await SendAsync(resolver, 501);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        int before = Entries(2103).Count;
        await SendAsync(resolver, 1);
        int after = Entries(2103).Count;
        for (int second = 0; second < 2; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await SendAsync(resolver, 501);
        }

        (before, after).Should().Be((0, 1));
        Entries(2103).Should().ContainSingle().Which.Should().StartWith($"Warning 2103 DnsResolver: {server.Server} got over 500 datagrams a second for 10 s.");
    }

    private static void Respond(DnsTestResponse response, DnsResponseCode? code)
    {
        if (code is { } known)
        {
            response.Code(known);
        }
        else
        {
            response.Drop();
        }
    }

    private async Task SendAsync(DnsResolver resolver, int count)
    {
        const int Most = 50; // at a time, so that none is lost: the clock stands
        for (int sent = 0; sent < count; sent += Most)
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(Most, count - sent)).Select(_ => resolver.QueryAsync(NextName(), DnsRecordType.A).AsTask())).WaitAsync(Guard);
        }
    }

    private async Task AskAsync(DnsResolver resolver)
    {
        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync(NextName(), DnsRecordType.A).AsTask();
        try
        {
            await AdvanceUntilEndAsync(lookup, s_step, s_longest);
        }
        catch (DnsException)
        {
            // it is the log that counts
        }
    }

    private async Task AdvanceUntilAsync(Func<bool> condition, Func<Task> ask)
    {
        for (int i = 0; i < 100 && !condition(); i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await ask();
            await SettleAsync();
        }
    }

    private string NextName() => $"n{++_names}.test";

    private List<string> Entries(int id) => [.. _log.Entries.Where(entry => entry.Split(' ')[1] == id.ToString(CultureInfo.InvariantCulture))];

    private List<string> EntriesAbout(IPEndPoint server, int id) => Entries(id).FindAll(entry => entry.Contains($" {server} ", StringComparison.Ordinal));
}
