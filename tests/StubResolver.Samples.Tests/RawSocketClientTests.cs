using ClientSamples;

namespace StubResolver.Samples.Tests;

public sealed class RawSocketClientTests : SampleTestBase
{
    [Fact]
    public async Task AskAsync_NameOfALocalServer_BringsItsAnswer()
    {
        LineServer server = Own(new LineServer(question => $"about {question}"));
        Dns.AddAddress("whois.test", "127.0.0.1");
        using CancellationTokenSource guard = new(Guard);

        string answer = await RawSocketClient.AskAsync(Connector, "whois.test", server.Port, "service.example", guard.Token);

        answer.Should().Be("about service.example");
        Count("whois.test", DnsRecordType.A).Should().BePositive();
    }
}
