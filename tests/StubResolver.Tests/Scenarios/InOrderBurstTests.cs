using System.Globalization;
using StubResolver.Tests.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>Many servers answer one connection in order (RFC 7766 §6.2.1.1): a slow name must not hold the others. For more set STUBRESOLVER_BURST.</summary>
public sealed class InOrderBurstTests : ScenarioTestBase
{
    private const int SlowNumber = 600;

    private static readonly int s_count =
        int.TryParse(Environment.GetEnvironmentVariable("STUBRESOLVER_BURST"), CultureInfo.InvariantCulture, out int count) ? count : 2_000;

    [Fact]
    public async Task QueryAsync_ThousandsAtOnceAndOneSlow_TheOthersEndWhileItWaits()
    {
        TaskCompletionSource slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
        InOrderServer server = Track(new InOrderServer($"n{SlowNumber}.test", slow.Task));
        DnsResolver resolver = CreateResolver(options =>
        {
            options.Servers = [new DnsServer(server.EndPoint, DnsProtocol.Tcp)];
            options.TimeProvider = TimeProvider.System; // a fake clock looks through all its timers whenever one is set
            (options.LookupTimeout, options.AttemptTimeout) = (5 * Guard, Guard);
        });

        Task<DnsAnswer<DnsRecord>>[] queries = [.. Enumerable.Range(0, s_count).Select(i => resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask())];
        DnsAnswer<DnsRecord>[] others = await Task.WhenAll(queries.Where((_, number) => number != SlowNumber)).WaitAsync(3 * Guard);
        bool isSlowOver = queries[SlowNumber].IsCompleted;
        slow.SetResult();
        DnsAnswer<DnsRecord> last = await queries[SlowNumber].WaitAsync(Guard);

        isSlowOver.Should().BeFalse();
        others.Append(last).Should().OnlyContain(answer => ((DnsAddressRecord)answer.Records[0]).Address.ToString() == InOrderServer.AddressOf(answer.Name));
    }
}
