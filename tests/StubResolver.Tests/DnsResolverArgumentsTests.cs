using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests;

/// <summary>Bad arguments are thrown to the caller's face, before the first await, and nothing is sent.</summary>
public sealed class DnsResolverArgumentsTests : ScenarioTestBase
{
    public static TheoryData<string, string> BadNames => new()
    {
        { " ", "blank" },
        { "a b.test", "blank" },
        { "a.test\n", "blank" },
        { "a..test", "empty label" },
        { ".test", "empty label" },
        { new string('a', 64) + ".test", "63" },
        { string.Join('.', Enumerable.Repeat(new string('a', 63), 4)), "255" },
    };

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task AnyMethod_BadName_ThrowsWithTheNameInTheMessage(string name, string reason)
    {
        DnsTestServer server = StartServer().AddAddress("ok.test", "127.0.0.1");
        DnsResolver resolver = CreateResolver(server);

        foreach (Action<DnsResolver> call in CallsWith(name))
        {
            ArgumentException exception = resolver.Invoking(call).Should().Throw<ArgumentException>().Which;
            exception.Message.Should().Contain($"'{name}'").And.Contain(reason);
            exception.ParamName.Should().Be("name");
        }

        await resolver.QueryAsync("ok.test", DnsRecordType.A);
        server.Queries.Should().ContainSingle("nothing else was sent");
    }

    [Fact]
    public void AnyMethod_NullOrEmptyName_Throws()
    {
        DnsResolver resolver = CreateResolver(StartServer());

        foreach (Action<DnsResolver> call in CallsWith(null!))
        {
            resolver.Invoking(call).Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("name");
        }

        foreach (Action<DnsResolver> call in CallsWith(""))
        {
            resolver.Invoking(call).Should().Throw<ArgumentException>().Which.ParamName.Should().Be("name");
        }
    }

    [Theory]
    [InlineData((AddressFamily)99)]
    [InlineData(AddressFamily.AppleTalk)]
    [InlineData(AddressFamily.Unknown)]
    public void ResolveAddressesAndWatch_UndefinedFamily_Throw(AddressFamily family)
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        Action resolve = () => _ = resolver.ResolveAddressesAsync("a.test", family).AsTask();
        Action watch = () => resolver.Watch("a.test", family, _ => { });

        resolve.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"*{family}*").Which.ParamName.Should().Be("addressFamily");
        watch.Should().Throw<ArgumentOutOfRangeException>().Which.ParamName.Should().Be("addressFamily");
        server.Queries.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65_536)]
    [InlineData(41)]
    [InlineData(249)]
    [InlineData(250)]
    [InlineData(251)]
    [InlineData(252)]
    public void Query_TypeThatCannotBeAskedFor_Throws(int type)
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        Action act = () => _ = resolver.QueryAsync("a.test", (DnsRecordType)type).AsTask();

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"*{type}*").Which.ParamName.Should().Be("type");
        server.Queries.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(65_280)]
    [InlineData(65_535)]
    public async Task Query_AnyOtherNumber_IsAsked(int type)
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        await resolver.QueryAsync("a.test", (DnsRecordType)type);

        server.Queries.Should().ContainSingle().Which.Type.Should().Be((DnsRecordType)type);
    }

    [Fact]
    public void NullArguments_Throw()
    {
        DnsResolver resolver = CreateResolver(StartServer());

        Action address = () => _ = resolver.ResolvePtrAsync((IPAddress)null!).AsTask();
        Action callback = () => resolver.Watch("a.test", AddressFamily.Unspecified, null!);
        Action options = () => _ = new DnsResolver((DnsResolverOptions)null!);

        address.Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("address");
        callback.Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("changed");
        options.Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("options");
    }

    [Fact]
    public void BadName_WithACancelledToken_IsStillTold()
    {
        DnsResolver resolver = CreateResolver(StartServer());

        Action addresses = () => _ = resolver.ResolveAddressesAsync("a..test", new CancellationToken(true)).AsTask();
        Action query = () => _ = resolver.QueryAsync("a..test", DnsRecordType.A, new CancellationToken(true)).AsTask();

        addresses.Should().Throw<ArgumentException>();
        query.Should().Throw<ArgumentException>();
    }

    private static Action<DnsResolver>[] CallsWith(string name) =>
    [
        resolver => _ = resolver.ResolveAddressesAsync(name).AsTask(),
        resolver => _ = resolver.ResolveSrvAsync(name).AsTask(),
        resolver => _ = resolver.ResolveMxAsync(name).AsTask(),
        resolver => _ = resolver.ResolveTxtAsync(name).AsTask(),
        resolver => _ = resolver.ResolveCNameAsync(name).AsTask(),
        resolver => _ = resolver.ResolveNsAsync(name).AsTask(),
        resolver => _ = resolver.ResolveSoaAsync(name).AsTask(),
        resolver => _ = resolver.ResolvePtrAsync(name).AsTask(),
        resolver => _ = resolver.QueryAsync(name, DnsRecordType.A).AsTask(),
        resolver => resolver.Watch(name, AddressFamily.Unspecified, _ => { }),
        resolver => resolver.ClearCache(name),
    ];
}
