using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

public class FakeDnsResolverTests
{
    private static readonly IPAddress s_first = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_second = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress s_v6 = IPAddress.Parse("2001:db8::1");

    private readonly FakeDnsResolver _resolver = new();

    [Theory]
    [InlineData(AddressFamily.Unspecified, "192.0.2.1,2001:db8::1")]
    [InlineData(AddressFamily.InterNetwork, "192.0.2.1")]
    [InlineData(AddressFamily.InterNetworkV6, "2001:db8::1")]
    public async Task ResolveAddressesAsync_KnownName_AnswersTheFamily(AddressFamily family, string expected)
    {
        _resolver.AddAddress("Host.test", s_first, s_v6);

        DnsAnswer<DnsAddressRecord> answer = await _resolver.ResolveAddressesAsync("host.TEST.", family);

        string.Join(',', answer.Records.Select(record => record.Address)).Should().Be(expected);
        answer.Name.Should().Be("host.TEST.");
    }

    [Theory]
    [InlineData("unknown.test", AddressFamily.Unspecified, DnsError.NameNotFound)]
    [InlineData("v4.test", AddressFamily.InterNetworkV6, DnsError.NoData)]
    [InlineData("192.0.2.9", AddressFamily.InterNetworkV6, DnsError.NoData)]
    [InlineData("failing.test", AddressFamily.Unspecified, DnsError.Timeout)]
    [InlineData("alias-of-failing.test", AddressFamily.Unspecified, DnsError.Timeout)]
    [InlineData("loop.test", AddressFamily.Unspecified, DnsError.MalformedResponse)]
    public async Task ResolveAddressesAsync_NoAddress_Throws(string name, AddressFamily family, DnsError expected)
    {
        _resolver.AddAddress("v4.test", s_first).Fail("failing.test", DnsError.Timeout)
            .AddRecord(new DnsCNameRecord("alias-of-failing.test", TimeSpan.Zero, "failing.test"))
            .AddRecord(new DnsCNameRecord("loop.test", TimeSpan.Zero, "loop.test"));

        Func<Task> act = () => _resolver.ResolveAddressesAsync(name, family).AsTask();

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        (exception.DnsError, exception.Name).Should().Be((expected, name));
    }

    [Theory]
    [InlineData("192.0.2.9", "192.0.2.9")]
    [InlineData("[2001:db8::9]", "2001:db8::9")]
    public async Task ResolveAddressesAsync_Literal_AnswersItself(string literal, string expected)
    {
        DnsAnswer<DnsAddressRecord> answer = await _resolver.ResolveAddressesAsync(literal);

        answer.Records.Should().ContainSingle().Which.Address.Should().Be(IPAddress.Parse(expected));
    }

    [Fact]
    public async Task ResolveAddressesAsync_Alias_IsFollowed()
    {
        _resolver.AddRecord(new DnsCNameRecord("www.test", TimeSpan.Zero, "host.test.")).AddAddress("host.test", s_first);

        DnsAnswer<DnsAddressRecord> answer = await _resolver.ResolveAddressesAsync("www.test");

        answer.CanonicalName.Should().Be("host.test");
        answer.Records.Should().ContainSingle();
    }

    [Fact]
    public async Task ResolveAddressesAsync_Cancelled_CarriesTheCallersToken()
    {
        CancellationToken cancelled = new(canceled: true);

        Func<Task> act = () => _resolver.ResolveAddressesAsync("192.0.2.1", cancelled).AsTask();

        (await act.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancelled);
    }

    [Fact]
    public void ResolveAddressesAsync_BadArguments_ThrowsBeforeTheFirstAwait()
    {
        Action noName = () => _resolver.ResolveAddressesAsync("").AsTask();
        Action noDnsFamily = () => _resolver.ResolveAddressesAsync("a.test", AddressFamily.Unix).AsTask();

        noName.Should().Throw<ArgumentException>();
        noDnsFamily.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task QueryAsync_UnknownNameOrType_ReportsWhatDnsWouldSay()
    {
        _resolver.AddAddress("v4.test", s_first);

        DnsAnswer<DnsRecord> unknown = await _resolver.QueryAsync("unknown.test", DnsRecordType.A);
        DnsAnswer<DnsRecord> noData = await _resolver.QueryAsync("v4.test", DnsRecordType.Mx);
        DnsAnswer<DnsRecord> found = await _resolver.QueryAsync("v4.test", DnsRecordType.A);

        (unknown.ResponseCode, unknown.Records.Count).Should().Be((DnsResponseCode.NxDomain, 0));
        (noData.ResponseCode, noData.Records.Count).Should().Be((DnsResponseCode.NoError, 0));
        found.Records.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_FailedName_Throws()
    {
        _resolver.Fail("down.test", DnsError.ServerFailure);

        Func<Task> act = () => _resolver.QueryAsync("down.test", DnsRecordType.A).AsTask();

        (await act.Should().ThrowAsync<DnsException>()).Which.ResponseCode.Should().Be(DnsResponseCode.ServerFailure);
    }

    [Fact]
    public async Task ResolveMxAsync_RecordAdded_ComesThroughTheInterface()
    {
        _resolver.AddRecord(new DnsMxRecord("mail.test", TimeSpan.Zero, 10, "mx.test"));

        DnsAnswer<DnsMxRecord> answer = await ((IDnsResolver)_resolver).ResolveMxAsync("mail.test");

        answer.Records.Should().ContainSingle().Which.Exchange.Should().Be("mx.test");
    }

    [Fact]
    public async Task Fail_ThenChange_AnswersAgain()
    {
        _resolver.AddAddress("a.test", s_first).Fail("a.test", DnsError.Timeout).Change("a.test", s_second);

        DnsAnswer<DnsAddressRecord> answer = await _resolver.ResolveAddressesAsync("a.test");

        answer.Records.Should().ContainSingle().Which.Address.Should().Be(s_second);
    }

    [Fact]
    public async Task CallCount_LookupsOfAnyKind_AreCountedByName()
    {
        _resolver.AddAddress("a.test", s_first);
        await _resolver.ResolveAddressesAsync("a.test");
        await _resolver.QueryAsync("A.test.", DnsRecordType.Mx);

        (_resolver.CallCount("a.test"), _resolver.CallCount("b.test")).Should().Be((2, 0));
    }

    [Fact]
    public async Task Watch_AddressesChange_IsCalledForEachDifferentSet()
    {
        Channel<DnsAnswer<DnsAddressRecord>> calls = Channel.CreateUnbounded<DnsAnswer<DnsAddressRecord>>();
        _resolver.AddAddress("a.test", s_first);
        using IDisposable watch = _resolver.Watch("a.test", AddressFamily.Unspecified, answer => calls.Writer.TryWrite(answer));

        _resolver.Change("a.test", s_first, s_second)
            .Change("a.test", s_second, s_first)
            .Fail("a.test", DnsError.Timeout)
            .Change("other.test", s_v6)
            .Change("a.test")
            .Change("a.test", s_v6);

        List<int> sizes = [];
        for (int i = 0; i < 3; i++)
        {
            sizes.Add((await ReadAsync(calls)).Records.Count);
        }

        sizes.Should().Equal([1, 2, 1], "order, failures, other names and empty sets change nothing");
    }

    [Fact]
    public async Task Watch_UnknownName_GetsTheFirstAnswerOnceItIsAdded()
    {
        Channel<DnsAnswer<DnsAddressRecord>> calls = Channel.CreateUnbounded<DnsAnswer<DnsAddressRecord>>();
        using IDisposable watch = _resolver.Watch("late.test", AddressFamily.InterNetwork, answer => calls.Writer.TryWrite(answer));

        _resolver.AddAddress("late.test", s_v6).AddAddress("late.test", s_first);

        (await ReadAsync(calls)).Records.Should().ContainSingle().Which.Address.Should().Be(s_first);
    }

    [Fact]
    public async Task Watch_DisposedInsideTheCallback_IsNotCalledAgain()
    {
        Channel<DnsAnswer<DnsAddressRecord>> calls = Channel.CreateUnbounded<DnsAnswer<DnsAddressRecord>>();
        Channel<DnsAnswer<DnsAddressRecord>> otherCalls = Channel.CreateUnbounded<DnsAnswer<DnsAddressRecord>>();
        IDisposable? watch = null;
        watch = _resolver.Watch("a.test", AddressFamily.Unspecified, answer =>
        {
            watch!.Dispose();
            calls.Writer.TryWrite(answer);
        });
        _resolver.AddAddress("a.test", s_first);
        await ReadAsync(calls);

        using IDisposable other = _resolver.Watch("a.test", AddressFamily.Unspecified, answer => otherCalls.Writer.TryWrite(answer));
        _resolver.Change("a.test", s_second);
        await ReadAsync(otherCalls);
        await ReadAsync(otherCalls);

        calls.Reader.TryRead(out _).Should().BeFalse("a disposed watch is called no more");
    }

    [Fact]
    public async Task Watch_CallbackThrows_IsKeptAndCalledAgain()
    {
        Channel<DnsAnswer<DnsAddressRecord>> calls = Channel.CreateUnbounded<DnsAnswer<DnsAddressRecord>>();
        using IDisposable watch = _resolver.Watch("a.test", AddressFamily.Unspecified, answer =>
        {
            calls.Writer.TryWrite(answer);
            throw new InvalidOperationException("broken callback");
        });

        _resolver.AddAddress("a.test", s_first).Change("a.test", s_second);
        await ReadAsync(calls);
        await ReadAsync(calls);

        _resolver.WatchErrors.Should().NotBeEmpty().And.AllBeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task Watch_CallersExecutionContext_DoesNotFlow()
    {
        AsyncLocal<string?> ambient = new() { Value = "caller" };
        Channel<string?> seen = Channel.CreateUnbounded<string?>();
        using IDisposable watch = _resolver.Watch("192.0.2.1", AddressFamily.Unspecified, _ => seen.Writer.TryWrite(ambient.Value));

        string? value = await ReadAsync(seen);

        value.Should().BeNull();
    }

    private static async Task<T> ReadAsync<T>(Channel<T> channel) => await channel.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
