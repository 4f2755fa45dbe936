using System.Net;
using StubResolver.Transport;
using StubResolver.Wire;

namespace StubResolver.Tests.Performance;

/// <summary>Guards what operations allocate, in octets of a 64-bit process: the figure that a noisy machine does not move.</summary>
[Collection(RunAlone.Name)]
public class AllocationTests
{
    private const string Name = "service.namespace.svc.cluster.test";

    // Built without optimization, each state machine of an async method is an object of its own.
#if DEBUG
    private const double MaxLookup = 6_400;
    private const double MaxLookupOfMany = 6_400;
#else
    private const double MaxLookup = 2_600; // of which two sockets: one at a time finds none to connect anew
    private const double MaxLookupOfMany = 1_800;
#endif
    private const double MaxParse = 256;

    private static readonly DnsServer s_server = new(new IPEndPoint(IPAddress.Loopback, 53));

    [Fact]
    public void WriteQuery_AnyName_AllocatesNothing()
    {
        RandomSource random = new();
        byte[] buffer = new byte[QueryWriter.MaxLength];
        TransmissionRequest request = new()
        {
            Tag = 0, Server = s_server, Protocol = DnsProtocol.Udp, Name = Name, Type = DnsRecordType.Aaaa, UdpPayloadSize = 1232, Cookie = new byte[8],
        };

        double allocated = Allocations.PerOperation(() => QueryBuffer.Write(request, id: 1, random, buffer), count: 1_000);

        allocated.Should().Be(0);
    }

    [Fact]
    public void TryParse_OneRecord_AllocatesLittleMoreThanTheRecord()
    {
        byte[] message = CreateAnswer();
        Response.TryParse(message, Name, out Response? response).Should().BeTrue();
        response!.Answers.Should().ContainSingle();

        double allocated = Allocations.PerOperation(() => Response.TryParse(message, Name, out _), count: 1_000);

        allocated.Should().BeInRange(1, MaxParse);
    }

    [Fact]
    public async Task ResolveAddresses_AnswerInCache_AllocatesNothing()
    {
        using LoopbackResponder responder = new();
        using DnsResolver resolver = new(CreateOptions(responder.EndPoint));
        await resolver.ResolveAddressesAsync(Name);

        double allocated = Allocations.PerOperation(() => IsHit(resolver.ResolveAddressesAsync(Name)), count: 1_000);

        IsHit(resolver.ResolveAddressesAsync(Name)).Should().BeTrue("only a hit completes at once");
        allocated.Should().Be(0);
    }

    [Fact]
    public async Task ResolveAddresses_AnswerInCacheUnderOtherLetterCase_AllocatesNothing()
    {
        using LoopbackResponder responder = new();
        using DnsResolver resolver = new(CreateOptions(responder.EndPoint));
        await resolver.ResolveAddressesAsync(Name);
        string upper = Name.ToUpperInvariant();

        double allocated = Allocations.PerOperation(() => IsHit(resolver.ResolveAddressesAsync(upper)), count: 1_000);

        IsHit(resolver.ResolveAddressesAsync(upper)).Should().BeTrue("only a hit completes at once");
        allocated.Should().Be(0);
    }

    [Fact]
    public async Task Query_AnswerInCache_AllocatesNothing()
    {
        using LoopbackResponder responder = new();
        using DnsResolver resolver = new(CreateOptions(responder.EndPoint));
        await resolver.QueryAsync(Name, DnsRecordType.A);

        double allocated = Allocations.PerOperation(() => IsHit(resolver.QueryAsync(Name, DnsRecordType.A)), count: 1_000);

        IsHit(resolver.QueryAsync(Name, DnsRecordType.A)).Should().BeTrue("only a hit completes at once");
        allocated.Should().Be(0);
    }

    [Fact]
    public async Task ResolveAddresses_CacheOff_AllocatesAtMostTheBound()
    {
        using LoopbackResponder responder = new();
        DnsResolverOptions options = CreateOptions(responder.EndPoint);
        options.Cache.Capacity = 0;
        using DnsResolver resolver = new(options);

        // On the pool, away from the test's synchronization context, which would allocate for each continuation.
        double allocated = await Task.Run(() => Allocations.PerOperationAsync(count => LookUpAsync(resolver, Name, count), count: 100));

        allocated.Should().BeInRange(1, MaxLookup);
    }

    [Fact]
    public async Task ResolveAddresses_CacheOffManyAtOnce_AllocatesAtMostTheBound()
    {
        using LoopbackResponder responder = new();
        DnsResolverOptions options = CreateOptions(responder.EndPoint);
        options.Cache.Capacity = 0;
        using DnsResolver resolver = new(options);

        double allocated = await Task.Run(() => Allocations.PerOperationAsync(count => LookUpManyAsync(resolver, count), count: 3_200));

        allocated.Should().BeInRange(1, MaxLookupOfMany);
    }

    private static Task LookUpManyAsync(DnsResolver resolver, int count)
    {
        const int Callers = 32;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => LookUpAsync(resolver, $"n{caller}.test", count / Callers))));
    }

    private static bool IsHit<TAnswer>(ValueTask<TAnswer> lookup) => lookup.IsCompletedSuccessfully;

    private static async Task LookUpAsync(DnsResolver resolver, string name, int count)
    {
        for (int i = 0; i < count; i++)
        {
            DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(name);
            if (answer.Records.Count != 2)
            {
                throw new InvalidOperationException("Both families have an address.");
            }
        }
    }

    private static DnsResolverOptions CreateOptions(IPEndPoint server) =>
        new() { Servers = [server], IPv6 = DnsIPv6Mode.Always, UseHostsFile = false, UseSearchList = false };

    private static byte[] CreateAnswer()
    {
        byte[] question = new byte[EncodedName.MaxLength];
        NameWriter.TryWrite(Name, question, out int length);
        return
        [
            .. Convert.FromHexString("123481800001000100000001"), .. question[..length], .. Convert.FromHexString("00010001"),
            .. Convert.FromHexString("C00C000100010000012C0004C0000201"), .. Convert.FromHexString("00002904D0000000000000"),
        ];
    }
}
