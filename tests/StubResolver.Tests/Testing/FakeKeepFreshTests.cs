using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

public class FakeKeepFreshTests
{
    private readonly Channel<string> _news = Channel.CreateUnbounded<string>();

    [Fact]
    public async Task KeepFresh_NameFailsAndIsBack_TellsEachChangeOnce()
    {
        FakeDnsResolver fake = new FakeDnsResolver().AddAddress("a.test", IPAddress.Parse("192.0.2.1"));
        using IDisposable kept = fake.KeepFresh("a.test", AddressFamily.Unspecified, Tell, Tell);

        fake.Fail("a.test", DnsError.Timeout).Fail("a.test", DnsError.Timeout).Fail("a.test", DnsError.Refused).Change("a.test", IPAddress.Parse("192.0.2.2"));

        (await ReadAsync(4)).Should().Equal("a.test. 300 IN A 192.0.2.1", "Timeout", "Refused", "a.test. 300 IN A 192.0.2.2");
    }

    [Fact]
    public async Task KeepFresh_ResolverThatOnlyWatches_TellsTheFirstFailureWhateverItIs()
    {
        IDnsResolver resolver = new WatchOnly();
        using IDisposable kept = resolver.KeepFresh("a.test", AddressFamily.Unspecified, Tell, failure => _news.Writer.TryWrite(failure.Cause!.Message));

        (await ReadAsync(1)).Should().Equal("out of order");
    }

    [Fact]
    public async Task KeepFresh_EndedBeforeTheLookupEnds_CancelsItAndTellsNothing()
    {
        WatchOnly silent = new() { IsSilent = true };
        IDisposable kept = ((IDnsResolver)silent).KeepFresh("a.test", AddressFamily.Unspecified, Tell, Tell);
        CancellationToken token = await silent.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        kept.Dispose();

        token.IsCancellationRequested.Should().BeTrue();
        _news.Reader.TryRead(out _).Should().BeFalse();
    }

    private void Tell(DnsAnswer<DnsAddressRecord> answer) => _news.Writer.TryWrite(answer.ToString());

    private void Tell(DnsException failure) => _news.Writer.TryWrite(failure.DnsError.ToString());

    private async Task<List<string>> ReadAsync(int count)
    {
        List<string> news = [];
        while (news.Count < count)
        {
            news.Add(await _news.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        }

        return news;
    }

    private sealed class WatchOnly : IDnsResolver
    {
        public bool IsSilent { get; init; }

        public TaskCompletionSource<CancellationToken> Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(string name, AddressFamily addressFamily, CancellationToken cancellationToken)
        {
            Begun.SetResult(cancellationToken);
            await (IsSilent ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask);
            throw new InvalidOperationException("out of order");
        }

        public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IDisposable Watch(string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed) => new MemoryStream();
    }
}
