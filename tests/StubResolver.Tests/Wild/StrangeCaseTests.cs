namespace StubResolver.Tests.Wild;

/// <summary>Servers that change the letters of names, against a resolver that looks at them ("0x20").</summary>
public sealed class StrangeCaseTests : WildTestBase
{
    private const string Name = "a-name-long-enough-to-be-surely-mixed.test";

    [Theory]
    [InlineData("name servers of CDNetworks, 2017: all small", false)]
    [InlineData("made up: all capitals", true)]
    public async Task QueryAsync_ServerFoldsTheQuestion_IsAskedOverTcpOnceAndSparedForAnHour(string what, bool toUpper)
    {
        WildServer server = StartWild(query => Folded(query, toUpper).Address("192.0.2.1"));
        DnsResolver resolver = CreateCaseResolver(server);

        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, Name);
        await AskAsync(resolver, "b-" + Name);

        answer.Records.Should().ContainSingle(what).Which.Name.Should().Be(Name, "the caller sees what was typed");
        server.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp, DnsProtocol.Udp);
    }

    [Fact]
    public async Task QueryAsync_ForgedReplyInTheWrongCase_DoesNotSwitchItOff()
    {
        // made up: one datagram of somebody who guessed the id; the server's own reply comes behind it
        WildServer server = StartWild(
            query => query.Name.StartsWith('a') || query.Name.StartsWith('A')
                ? [Folded(query, toUpper: false).Address("192.0.2.66").ToArray(), new WildReply(query).Address("192.0.2.1").ToArray()]
                : [new WildReply(query).Address("192.0.2.1").ToArray()],
            serve: async connection => await Task.Delay(Timeout.Infinite, connection.Stopping));
        DnsResolver resolver = CreateCaseResolver(server);

        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, Name);
        await AskAsync(resolver, "b-" + Name);

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        server.Queries[^1].Name.Any(char.IsAsciiLetterUpper).Should().BeTrue("letter case stays random");
    }

    [Fact]
    public async Task QueryAsync_OnlyTheOwnersAreFolded_IsAnsweredOverUdp()
    {
        // made up: a cache that repeats the question and writes owners its own way
        WildServer server = StartWild(query => new WildReply(query)
            .Answer(WildReply.Name(Name), DnsRecordType.CName, WildReply.Name("B.test")).Answer(WildReply.Name("b.TEST"), DnsRecordType.A, [192, 0, 2, 1]));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateCaseResolver(server), Name);

        answer.Records.Should().ContainSingle();
        server.Queries.Should().ContainSingle();
    }

    private static WildReply Folded(WildQuery query, bool toUpper) =>
        new(query, 0, [.. WildReply.Name(toUpper ? query.Name.ToUpperInvariant() : query.Name.ToLowerInvariant()), .. query.Question[^4..]]);

    private DnsResolver CreateCaseResolver(WildServer server) => CreateResolver(options => options.RandomizeCase = true, server);
}
