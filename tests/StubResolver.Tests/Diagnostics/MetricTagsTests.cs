using System.Net.Sockets;
using StubResolver.Diagnostics;

namespace StubResolver.Tests.Diagnostics;

public class MetricTagsTests
{
    public static TheoryData<Exception, string> ErrorTypes => new()
    {
        { new DnsException(DnsError.NameNotFound, "a.test"), "host_not_found" },
        { new DnsException(DnsError.NoData, "a.test"), "host_not_found" },
        { new DnsException(DnsError.Timeout, "a.test"), "try_again" },
        { new DnsException(DnsError.ServerFailure, "a.test"), "try_again" },
        { new SocketException((int)SocketError.NoRecovery), "no_recovery" },
        { new SocketException((int)SocketError.TimedOut), "System.Net.Sockets.SocketException" },
        { new OperationCanceledException(), "System.OperationCanceledException" },
    };

    [Theory]
    [MemberData(nameof(ErrorTypes))]
    public void ToErrorType_Exception_IsWhatTheRuntimeReports(Exception exception, string expected) => exception.ToErrorType().Should().Be(expected);

    [Fact]
    public void ToTag_EachRejection_HasAWordOfItsOwn() =>
        Enum.GetValues<DatagramRejection>().Select(MetricTags.ToTag).Should().BeEquivalentTo("mismatch", "letter_case", "cookie", "junk");

    [Fact]
    public void ToTag_EachUseOfTheCache_HasAWordOfItsOwn() =>
        Enum.GetValues<CacheUse>().Select(MetricTags.ToTag).Should().BeEquivalentTo("hit", "negative_hit", "miss", "stale");
}
