using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Http;

/// <summary>Counts the sockets of the whole process, so it runs alone.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public class DescriptorTests
{
    public const string Name = "descriptors";

    private const int Rounds = 200;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ConnectAsync_ManyConnectsThatFailLoseOrAreCancelled_LeaveNoDescriptor(bool isCancelled)
    {
        using Socket refusing = LoopbackAddress.Refuse(IPAddress.Loopback);
        (Socket swallowing, Socket filler) = await LoopbackAddress.SwallowAsync(IPAddress.Loopback, 0);
        using IDisposable first = swallowing;
        using IDisposable second = filler;
        int port = isCancelled ? swallowing.Port() : refusing.Port();
        ObservedResolver resolver = new ObservedResolver().Add("host.test", "127.0.0.1", "127.0.0.1", "::ffff:127.0.0.1");
        DnsConnector connector = new(resolver, new DnsConnectorOptions { ConnectionAttemptDelay = TimeSpan.FromMilliseconds(10) });
        int before = CountSockets();

        for (int i = 0; i < Rounds; i++)
        {
            using CancellationTokenSource caller = new();
            Task connect = connector.ConnectAsync("host.test", port, caller.Token).AsTask();
            await (isCancelled ? caller.CancelAsync() : Task.CompletedTask);
            await connect.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            connect.IsCompletedSuccessfully.Should().BeFalse();
        }

        CountSockets().Should().BeLessThan(before + (Rounds / 10), "sockets of tests before this one may go meanwhile, but none may come");
    }

    private static int CountSockets() => !OperatingSystem.IsLinux() ? 0 : Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(path => new FileInfo(path).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}
