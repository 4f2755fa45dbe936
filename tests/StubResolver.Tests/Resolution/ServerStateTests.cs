using System.Net;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class ServerStateTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Badness_TwoQuestionsInARowSilent_IsFailing()
    {
        ServerState server = Create();

        server.OnSilence();
        int afterOne = server.Badness;
        server.OnSilence();

        afterOne.Should().Be(0);
        server.Badness.Should().BePositive();
    }

    [Fact]
    public void Badness_SilentAnsweredSilent_IsNotFailing()
    {
        ServerState server = Create();

        server.OnSilence();
        server.OnReply(TimeSpan.FromMilliseconds(1));
        server.OnSilence();

        server.Badness.Should().Be(0);
    }

    [Fact]
    public void Badness_UnreachableOnce_IsFailingUntilAnyReply()
    {
        ServerState server = Create();

        server.OnUnreachable();
        int before = server.Badness;
        server.OnReply(TimeSpan.FromSeconds(9));

        before.Should().BePositive();
        server.Badness.Should().Be(0);
    }

    [Fact]
    public void Latency_Replies_AreAveragedWithMoreWeightOnTheOldAverage()
    {
        ServerState server = Create();

        server.OnReply(TimeSpan.FromMilliseconds(100));
        server.OnReply(TimeSpan.FromMilliseconds(200));

        server.Latency.Average.Should().BeCloseTo(TimeSpan.FromMilliseconds(120), TimeSpan.FromMilliseconds(1));
        server.Latency.Samples.Should().Be(2);
    }

    [Fact]
    public void TryBeginProbe_HealthyServer_IsNever()
    {
        ServerState server = Create();

        server.TryBeginProbe().Should().BeFalse();
    }

    [Fact]
    public void TryBeginProbe_FailingServer_OncePer4SAndOneAtATime()
    {
        ServerState server = Create();
        server.OnUnreachable();

        bool first = server.TryBeginProbe();
        _time.Advance(TimeSpan.FromSeconds(4));
        bool whileInFlight = server.TryBeginProbe();
        server.EndProbe();
        bool afterwards = server.TryBeginProbe();
        server.EndProbe();
        _time.Advance(TimeSpan.FromSeconds(3.9));
        bool tooEarly = server.TryBeginProbe();

        (first, whileInFlight, afterwards, tooEarly).Should().Be((true, false, true, false));
    }

    [Theory]
    [InlineData("0 0 0", 0, "0 1 2")]
    [InlineData("0 0 0", 2, "2 0 1")]
    [InlineData("2 0 0", 0, "1 2 0")]
    [InlineData("5 0 3", 0, "1 2 0")]
    [InlineData("2 2 2", 0, "0 1 2")]
    [InlineData("2 0 0", 1, "2 1 0")]
    public void GetOrder_FailingServersBehindTheOthers_LeastBadFirst(string badness, int rotation, string expected) =>
        string.Join(' ', ServerOrder.GetOrder([.. badness.Split(' ').Select(int.Parse)], rotation)).Should().Be(expected);

    [Fact]
    public void RetransmissionBucket_100ThenEmpty_RefillsByTimeAndReplies()
    {
        RetransmissionBucket bucket = new(_time);

        int taken = 0;
        while (bucket.TryTake())
        {
            taken++;
        }

        bucket.OnReply();
        bool afterReply = bucket.TryTake();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        bool afterTime = bucket.TryTake();
        bool again = bucket.TryTake();

        taken.Should().Be(100);
        (afterReply, afterTime, again).Should().Be((true, true, false), "each reply gives one, each second ten");
    }

    [Fact]
    public void ProtocolMemory_ThreeTcpRescuesInARow_TcpFirstFor60S()
    {
        ProtocolMemory memory = new(_time);

        memory.OnTcpRescue();
        memory.OnTcpRescue();
        bool afterTwo = memory.PrefersTcp;
        memory.OnTcpRescue();
        bool afterThree = memory.PrefersTcp;
        _time.Advance(TimeSpan.FromSeconds(60));

        (afterTwo, afterThree, memory.PrefersTcp).Should().Be((false, true, false));
    }

    [Fact]
    public void ProtocolMemory_UdpReplyOrTcpFailure_EndsTcpFirst()
    {
        ProtocolMemory memory = new(_time);
        memory.OnTcpRescue();
        memory.OnTcpRescue();
        memory.OnTcpRescue();

        memory.OnUdpReplyOrTcpFailure();

        memory.PrefersTcp.Should().BeFalse();
    }

    [Fact]
    public void ProtocolMemory_ThreeNamesWithSilentAaaaInARow_NoPatienceFor5Minutes()
    {
        ProtocolMemory memory = new(_time);

        memory.OnAddressesAnswered(isAaaaSilent: true);
        memory.OnAddressesAnswered(isAaaaSilent: true);
        memory.OnAddressesAnswered(isAaaaSilent: false);
        memory.OnAddressesAnswered(isAaaaSilent: true);
        memory.OnAddressesAnswered(isAaaaSilent: true);
        bool before = memory.IgnoresAaaa;
        memory.OnAddressesAnswered(isAaaaSilent: true);
        bool after = memory.IgnoresAaaa;
        _time.Advance(TimeSpan.FromMinutes(5));

        (before, after, memory.IgnoresAaaa).Should().Be((false, true, false));
    }

    private ServerState Create() => new(new DnsServer(new IPEndPoint(IPAddress.Loopback, 53)), _time);
}
