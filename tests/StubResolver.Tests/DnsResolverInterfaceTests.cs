using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests;

/// <summary>What a resolver gets that implements no more than the three methods: fakes and decorators.</summary>
public sealed class DnsResolverInterfaceTests
{
    private static readonly TimeSpan s_ttl = TimeSpan.FromSeconds(60);
    private readonly FakeDnsResolver _inner = new();
    private readonly IDnsResolver _resolver;

    public DnsResolverInterfaceTests() => _resolver = new Decorator(_inner);

    [Fact]
    public async Task ResolveSrvAsync_ByPriority()
    {
        _inner.AddRecord(new DnsSrvRecord("s.test", s_ttl, 20, 1, 1, "b.test")).AddRecord(new DnsSrvRecord("s.test", s_ttl, 10, 1, 1, "a.test"));

        DnsAnswer<DnsSrvRecord> answer = await _resolver.ResolveSrvAsync("s.test");

        answer.Records.Select(record => record.Target).Should().Equal("a.test", "b.test");
    }

    [Fact]
    public async Task ResolveMxAsync_ByPreference()
    {
        _inner.AddRecord(new DnsMxRecord("m.test", s_ttl, 20, "b.test")).AddRecord(new DnsMxRecord("m.test", s_ttl, 10, "a.test"));

        DnsAnswer<DnsMxRecord> answer = await _resolver.ResolveMxAsync("m.test");

        answer.Records.Select(record => record.Exchange).Should().Equal("a.test", "b.test");
    }

    [Theory]
    [InlineData("192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("::ffff:192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public async Task ResolvePtrAsync_Address_AsksForItsReverseName(string address, string name)
    {
        _inner.AddRecord(new DnsPtrRecord(name, s_ttl, "h.test"));

        DnsAnswer<DnsPtrRecord> decorated = await _resolver.ResolvePtrAsync(IPAddress.Parse(address));
        DnsAnswer<DnsPtrRecord> faked = await ((IDnsResolver)_inner).ResolvePtrAsync(IPAddress.Parse(address));

        decorated.Records.Should().ContainSingle().Which.Target.Should().Be("h.test");
        (decorated.Name, faked.Name).Should().Be((name, name));
    }

    [Fact]
    public async Task OtherTypes_ComeFromQueryAsync()
    {
        _inner.AddRecord(new DnsTxtRecord("a.test", s_ttl, ["v"])).AddRecord(new DnsNsRecord("a.test", s_ttl, "ns.test"))
            .AddRecord(new DnsPtrRecord("p.test", s_ttl, "h.test")).AddRecord(new DnsCNameRecord("c.test", s_ttl, "a.test"));

        (await _resolver.ResolveTxtAsync("a.test")).Records.Should().ContainSingle();
        (await _resolver.ResolveNsAsync("a.test")).Records.Should().ContainSingle();
        (await _resolver.ResolvePtrAsync("p.test")).Records.Should().ContainSingle();
        (await _resolver.ResolveCNameAsync("c.test")).Records.Should().ContainSingle();
    }

    [Theory]
    [InlineData("nosuch.test", DnsError.NameNotFound)]
    [InlineData("a.test", DnsError.NoData)]
    [InlineData("down.test", DnsError.Timeout)]
    public async Task NoUsableRecord_Throws(string name, DnsError expected)
    {
        _inner.AddAddress("a.test", IPAddress.Loopback).Fail("down.test", DnsError.Timeout);

        Func<Task> act = () => _resolver.ResolveSoaAsync(name).AsTask();

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        (exception.DnsError, exception.Name).Should().Be((expected, name));
    }

    [Fact]
    public async Task ResolveAddressesAsync_NameAndToken_AsksForEitherFamily()
    {
        _inner.AddAddress("a.test", IPAddress.Loopback, IPAddress.IPv6Loopback);

        DnsAnswer<DnsAddressRecord> answer = await _resolver.ResolveAddressesAsync("a.test", CancellationToken.None);

        answer.Records.Should().HaveCount(2);
    }

    [Fact]
    public void ResolvePtrAsync_Null_Throws()
    {
        Action act = () => _ = _resolver.ResolvePtrAsync((IPAddress)null!).AsTask();

        act.Should().Throw<ArgumentNullException>();
    }

    private sealed class Decorator(IDnsResolver inner) : IDnsResolver
    {
        public ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(
            string name, AddressFamily addressFamily = AddressFamily.Unspecified, CancellationToken cancellationToken = default) =>
            inner.ResolveAddressesAsync(name, addressFamily, cancellationToken);

        public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
            inner.QueryAsync(name, type, cancellationToken);

        public IDisposable Watch(string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed) =>
            inner.Watch(name, addressFamily, changed);
    }
}
