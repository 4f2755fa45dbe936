using System.Buffers.Binary;
using StubResolver.Caching;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

public sealed class CachePoisoningTests : CacheScenarioBase
{
    private const string Victim = "victim.test";

    public static TheoryData<string> Attacks => new(
        "answer", "authority", "additional", "glue", "alias", "alias-with-address", "alias-to-nothing", "subtree", "other-class", "negative-for-another");

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task QueryAsync_ReplyWithMoreThanItsAnswer_NeverTouchesAnotherName(string attack)
    {
        DnsTestServer server = StartServer(300, 300).AddAddress(Victim, "192.0.2.80");
        DnsResolver known = CreateResolver(server);
        DnsResolver unknown = CreateResolver(server);
        DnsAnswer<DnsRecord> before = await known.QueryAsync(Victim, DnsRecordType.A);
        server.On("evil.test", (_, response) => Poison(response, attack));

        await known.QueryAsync("evil.test", DnsRecordType.A);
        await unknown.QueryAsync("evil.test", DnsRecordType.A);
        await unknown.ResolveAddressesAsync(Name);

        (await known.QueryAsync(Victim, DnsRecordType.A)).Should().BeSameAs(before);
        AnswerCache cache = unknown.Pipeline.Engine.Cache;
        cache.HasFresh(Victim, _ => true).Should().BeFalse();
        cache.HasFresh("ns.victim.test", _ => true).Should().BeFalse();
        cache.HasFresh("test", _ => true).Should().BeFalse();
        cache.Count.Should().BeLessThanOrEqualTo(2, "only what was asked for is kept");
        (await unknown.QueryAsync(Victim, DnsRecordType.A)).Records.Should().BeEquivalentTo(before.Records);
    }

    [Fact]
    public async Task QueryAsync_ReplyWithRecordsOfOthers_HandsOutOnlyItsOwn()
    {
        DnsTestServer server = StartServer().On("evil.test", (_, response) => response.AddAddress("192.0.2.66").AddAnswer(Address(Victim, "192.0.2.66")));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("evil.test", DnsRecordType.A);

        answer.Records.Should().ContainSingle().Which.Name.Should().Be("evil.test");
    }

    private static void Poison(DnsTestResponse response, string attack)
    {
        DnsAddressRecord forged = Address(Victim, "192.0.2.66", 86_400);
        _ = attack switch
        {
            "answer" => response.AddAddress("192.0.2.66").AddAnswer(forged),
            "authority" => response.AddAddress("192.0.2.66").AddAuthority(forged),
            "additional" => response.AddAddress("192.0.2.66").AddAdditional(forged),
            "glue" => response.AddAddress("192.0.2.66")
                .AddAuthority(new DnsNsRecord(Victim, Seconds(86_400), "ns.victim.test")).AddAdditional(Address("ns.victim.test", "192.0.2.66"), forged),
            "alias" => response.AddAnswer(new DnsCNameRecord("evil.test", Seconds(300), Victim), forged),
            "alias-with-address" => response.AddAddress("192.0.2.66").AddAnswer(new DnsCNameRecord(Victim, Seconds(300), "evil.test")),
            "alias-to-nothing" => response.Code(DnsResponseCode.NxDomain).ClearRecords()
                .AddAnswer(new DnsCNameRecord("evil.test", Seconds(300), Victim)).AddAuthority(Soa(Victim, 300, 300)),
            "subtree" => response.AddAddress("192.0.2.66").AddAnswer(new DnsDNameRecord("test", Seconds(300), "evil.test")),
            "other-class" => response.AddAddress("192.0.2.66").AddAnswer(forged).Rewrite(OfClassChaos),
            _ => response.Code(DnsResponseCode.NxDomain).ClearRecords().AddAuthority(Soa(Victim, 300, 300), Soa("test", 300, 300)),
        };
    }

    // The last answer's class; its type and class come before TTL, length and four octets.
    private static byte[] OfClassChaos(byte[] message)
    {
        byte[] forged = [192, 0, 2, 66];
        int data = message.AsSpan().LastIndexOf(forged);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(data - 8), 3);
        return message;
    }
}
