using System.Security.Cryptography;

namespace StubResolver.Tests.Wild;

/// <summary>Datagrams of all lengths and contents, as anybody may send them to an open port.</summary>
public class StrangeDatagramTests : WildTestBase
{
    private const int LargestDatagram = 65_507;

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(4098)]
    [InlineData(LargestDatagram)]
    public async Task QueryAsync_JunkOfAnyLengthBeforeTheReply_IsPassedOver(int length)
    {
        byte[] junk = RandomNumberGenerator.GetBytes(length);
        WildServer server = StartWild(query => [junk, junk, junk, new WildReply(query).Address("192.0.2.1").ToArray(), junk]);
        DnsResolver resolver = CreateResolver(server);

        for (int i = 0; i < 10; i++)
        {
            DnsAnswer<DnsRecord> answer = await resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

            answer.Records.Should().ContainSingle();
        }
    }
}
