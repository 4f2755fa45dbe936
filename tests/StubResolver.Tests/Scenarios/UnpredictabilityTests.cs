using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using StubResolver.Diagnostics;
using StubResolver.Tests.Transport;
using StubResolver.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>What an attacker would have to guess: port and id of each query (RFC 5452 §9.2).</summary>
[Collection(nameof(RunsAlone))]
public sealed class UnpredictabilityTests
{
    private const int Count = 20_000;
    private const int Concurrency = 16;
    private const int PortClasses = 64;

    [Fact]
    public async Task Send_ManyQueries_PortsAndIdsTellNothingAboutTheNext()
    {
        List<(int Port, int Id)> received = await SendAsync();

        int[] ports = [.. received.Select(query => query.Port)];
        int[] ids = [.. received.Select(query => query.Id)];
        received.Should().HaveCount(Count);
        ExcessOfOctets(ids.Select(id => id >> 8)).Should().BeLessThan(ChiSquare.Sigmas, "the high octet of ids is uniform");
        ExcessOfOctets(ids.Select(id => id & 0xFF)).Should().BeLessThan(ChiSquare.Sigmas, "the low octet of ids is uniform");
        ExcessOfOctets(ids.Select(id => (id >> 8) ^ (id & 0xFF))).Should().BeLessThan(ChiSquare.Sigmas, "the octets of an id tell nothing of each other");
        ids.Distinct().Should().HaveCountGreaterThan(16_500, "20,000 draws of 65,536 leave about 17,240 different ones, give or take 60");
        ExcessOfOctets(ids[1..].Zip(ids, (id, before) => (id - before) & 0xFF)).Should().BeLessThan(ChiSquare.Sigmas, "ids do not count");
        ExcessOfPorts(ports).Should().BeLessThan(ChiSquare.Sigmas, "ports are spread over the whole ephemeral range");
        ports.Distinct().Should().HaveCountGreaterThan(Count / 3, "20,000 draws of 28,000 leave about 14,000 different ones");

        Math.Abs(ChiSquare.GetCorrelation(ids[1..], ids[..^1])).Should().BeLessThan(ChiSquare.Sigmas, "an id does not follow from the one before");
        Math.Abs(ChiSquare.GetCorrelation(ports[1..], ports[..^1])).Should().BeLessThan(ChiSquare.Sigmas, "a port does not follow from the one before");
        Math.Abs(ChiSquare.GetCorrelation(ports, ids)).Should().BeLessThan(ChiSquare.Sigmas, "an id does not follow from the port");
        (Count - received.Distinct().Count()).Should().BeLessThanOrEqualTo(6, "chance repeats a pair of port and id about once in ten runs");
    }

    private static async Task<List<(int Port, int Id)>> SendAsync()
    {
        using FastResponder responder = new();
        await using SocketTransport transport = new(1, TimeProvider.System, new RandomSource(), new ResolverMetrics(null), NullLogger.Instance);
        TransmissionRequest request = new()
        {
            Tag = 0, Server = responder.Server, Protocol = DnsProtocol.Udp, Name = "a.test", Type = DnsRecordType.A,
        };
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(async () =>
        {
            RecordingSink sink = new();
            for (int i = 0; i < Count / Concurrency; i++)
            {
                ITransmission transmission = transport.Send(request, sink);
                (await sink.NextAsync()).Kind.Should().Be(TransmissionEventKind.Response);
                transmission.Stop();
            }
        })));
        return responder.Received;
    }

    private static double ExcessOfOctets(IEnumerable<int> octets)
    {
        int[] counts = new int[256];
        foreach (int octet in octets)
        {
            counts[octet]++;
        }

        return ChiSquare.GetExcess(counts, [.. counts.Select(_ => 1.0)]);
    }

    private static double ExcessOfPorts(int[] ports)
    {
        (int first, int last) = GetEphemeralRange();
        double width = (last - first + 1) / (double)PortClasses;
        int[] counts = new int[PortClasses];
        foreach (int port in ports)
        {
            port.Should().BeInRange(first, last);
            counts[(int)((port - first) / width)]++;
        }

        double[] shares = new double[PortClasses]; // a class has a whole number of ports
        for (int port = first; port <= last; port++)
        {
            shares[(int)((port - first) / width)]++;
        }

        return ChiSquare.GetExcess(counts, shares);
    }

    private static (int First, int Last) GetEphemeralRange()
    {
        if (OperatingSystem.IsLinux())
        {
            string[] range = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
            return (int.Parse(range[0], CultureInfo.InvariantCulture), int.Parse(range[1], CultureInfo.InvariantCulture));
        }

        return OperatingSystem.IsWindows() ? (1024, IPEndPoint.MaxPort) : (49152, IPEndPoint.MaxPort);
    }
}
