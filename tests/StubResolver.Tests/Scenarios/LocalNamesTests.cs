using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What is answered without a server.</summary>
public sealed class LocalNamesTests : ScenarioTestBase
{
    [Theory]
    [InlineData("192.0.2.1", AddressFamily.Unspecified, "192.0.2.1")]
    [InlineData("[2001:db8::1]", AddressFamily.InterNetworkV6, "2001:db8::1")]
    [InlineData("fe80::1%3", AddressFamily.Unspecified, "fe80::1%3")]
    [InlineData("localhost", AddressFamily.Unspecified, "::1 127.0.0.1")]
    [InlineData("LOCALHOST.", AddressFamily.InterNetwork, "127.0.0.1")]
    [InlineData("app.localhost", AddressFamily.InterNetworkV6, "::1")]
    public async Task LiteralOrLocalhost_AnswersItself(string name, AddressFamily family, string expected)
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(name, family);

        answer.Records.Select(record => record.Address).Should().Equal(expected.Split(' ').Select(IPAddress.Parse));
        answer.Name.Should().Be(name);
        answer.CanonicalName.Should().NotEndWith(".");
        answer.ExpiresAt.Should().Be(DateTimeOffset.MaxValue);
        answer.Server.Should().BeNull();
        server.Queries.Should().BeEmpty();
    }

    [Theory]
    [InlineData("alt")]
    [InlineData("onion")]
    [InlineData("INVALID")]
    [InlineData("db.alt")]
    public async Task SpecialName_BelowASuffix_IsAServiceLikeOthers(string name)
    {
        Host.ResolvConf = "search ns.c.test c.test\noptions ndots:5";
        DnsTestServer server = StartServer().AddAddress($"{name}.c.test", "127.0.0.1")
            .AddRecord(new DnsTxtRecord($"{name}.c.test", TimeSpan.FromSeconds(60), ["v"]));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> addresses = await resolver.ResolveAddressesAsync(name);
        DnsAnswer<DnsTxtRecord> texts = await resolver.ResolveTxtAsync(name);

        addresses.CanonicalName.Should().BeEquivalentTo($"{name}.c.test");
        texts.CanonicalName.Should().BeEquivalentTo($"{name}.c.test");
        server.Queries.Should().OnlyContain(query => query.Name.EndsWith(".c.test", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x.onion", 1)]
    [InlineData("onion", 1)]
    [InlineData("x.onion", 5)]
    public async Task SpecialName_NoSuffixHasIt_IsNotFoundAndNeverSentAsTyped(string name, int ndots)
    {
        Host.ResolvConf = $"search x.test y.test\noptions ndots:{ndots}";
        DnsTestServer server = StartServer().On($"{name}.y.test", (_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(server);

        Func<Task> addresses = () => resolver.ResolveAddressesAsync(name).AsTask();
        Func<Task> texts = () => resolver.ResolveTxtAsync(name).AsTask();

        (await addresses.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NameNotFound);
        (await texts.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NameNotFound);
        server.Queries.Select(query => query.Name).Distinct().Should().Equal($"{name}.x.test", $"{name}.y.test");
    }

    [Theory]
    [InlineData("192.0.2.1", AddressFamily.InterNetworkV6, DnsError.NoData)]
    [InlineData("::1", AddressFamily.InterNetwork, DnsError.NoData)]
    [InlineData("invalid.", AddressFamily.Unspecified, DnsError.NameNotFound)]
    [InlineData("a.b.invalid.", AddressFamily.Unspecified, DnsError.NameNotFound)]
    [InlineData("x.onion.", AddressFamily.Unspecified, DnsError.NameNotFound)]
    [InlineData("x.Alt.", AddressFamily.Unspecified, DnsError.NameNotFound)]
    public async Task WrongFamilyOrNoSuchName_FailsUnsent(string name, AddressFamily family, DnsError expected)
    {
        Host.ResolvConf = "search x.test";
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        Func<Task> act = () => resolver.ResolveAddressesAsync(name, family).AsTask();

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        (exception.DnsError, exception.Name).Should().Be((expected, name));
        server.Queries.Should().BeEmpty();
    }

    [Theory]
    [InlineData("localhost", DnsRecordType.A, DnsResponseCode.NoError, 1)]
    [InlineData("a.localhost", DnsRecordType.Aaaa, DnsResponseCode.NoError, 1)]
    [InlineData("localhost", DnsRecordType.Mx, DnsResponseCode.NoError, 0)]
    [InlineData("a.invalid", DnsRecordType.A, DnsResponseCode.NxDomain, 0)]
    [InlineData("onion", DnsRecordType.Txt, DnsResponseCode.NxDomain, 0)]
    public async Task QueryForASpecialName_IsAnsweredUnsent(string name, DnsRecordType type, DnsResponseCode code, int records)
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(name, type);

        (answer.ResponseCode, answer.Records.Count).Should().Be((code, records));
        server.Queries.Should().BeEmpty();
    }

    [Fact]
    public async Task ResolveOtherTypesOfSpecialNames_FailUnsent()
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        Func<Task> mx = () => resolver.ResolveMxAsync("localhost").AsTask();
        Func<Task> txt = () => resolver.ResolveTxtAsync("a.invalid").AsTask();

        (await mx.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NoData);
        (await txt.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NameNotFound);
        server.Queries.Should().BeEmpty();
    }

    [Fact]
    public async Task Local_IsSent()
    {
        DnsTestServer server = StartServer().AddAddress("db.local", "127.0.0.1");
        DnsResolver resolver = CreateResolver(server);

        (await resolver.ResolveAddressesAsync("db.local")).Records.Should().ContainSingle();
    }

    [Fact]
    public async Task Hosts_EndsTheLookup_AlsoForPointers()
    {
        Host.Hosts = "192.0.2.7 h.test alias.test\n127.0.0.9 localhost";
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> addresses = await resolver.ResolveAddressesAsync("ALIAS.test");
        DnsAnswer<DnsAddressRecord> localhost = await resolver.ResolveAddressesAsync("localhost");
        DnsAnswer<DnsPtrRecord> names = await resolver.ResolvePtrAsync(IPAddress.Parse("::ffff:192.0.2.7"));
        Func<Task> otherFamily = () => resolver.ResolveAddressesAsync("h.test", AddressFamily.InterNetworkV6).AsTask();

        addresses.Records.Should().ContainSingle().Which.Address.Should().Be(IPAddress.Parse("192.0.2.7"));
        addresses.ExpiresAt.Should().Be(Time.GetUtcNow() + TimeSpan.FromSeconds(5));
        localhost.Records.Should().ContainSingle("the file goes before the special names").Which.Address.Should().Be(IPAddress.Parse("127.0.0.9"));
        names.Records.Select(record => record.Target).Should().Equal("h.test", "alias.test");
        (await otherFamily.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NoData);
        server.Queries.Should().BeEmpty();
    }

    [Theory]
    [InlineData("h.test", "h.test")]
    [InlineData("ALIAS.test.", "h.test")]
    [InlineData("late.test", "other.test")]
    [InlineData("b\u00FCcher.test", "xn--bcher-kva.test")]
    [InlineData("books.test", "xn--bcher-kva.test")]
    public async Task Hosts_Alias_CanonicalNameIsTheFirstOfItsFirstLine(string typed, string expected)
    {
        Host.Hosts = "192.0.2.7 h.test alias.test h.test\n192.0.2.8 other.test alias.test late.test\n192.0.2.9 late.test\n192.0.2.10 b\u00FCcher.test books.test";
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(typed);

        (answer.Name, answer.CanonicalName).Should().Be((typed, expected));
    }

    [Theory]
    [InlineData("b\u00FCcher.test", "192.0.2.7 b\u00FCcher.test", "192.0.2.7")]
    [InlineData("B\u00DCCHER.test.", "192.0.2.7 b\u00FCcher.test", "192.0.2.7")]
    [InlineData("xn--bcher-kva.test", "192.0.2.7 b\u00FCcher.test", "192.0.2.7")]
    [InlineData("b\u00FCcher.test", "192.0.2.7 xn--bcher-kva.test", "192.0.2.7")]
    [InlineData("b\u00FCcher.test", "192.0.2.7 xn--bcher-kva.test\n192.0.2.8 b\u00FCcher.test\n192.0.2.7 b\u00FCcher.test", "192.0.2.7 192.0.2.8")]
    public async Task Hosts_InternationalName_IsFoundInEitherForm(string typed, string hosts, string expected)
    {
        Host.Hosts = hosts;
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(typed);

        answer.Records.Select(record => record.Address).Should().Equal(expected.Split(' ').Select(IPAddress.Parse));
        server.Queries.Should().BeEmpty();
    }

    [Fact]
    public async Task Hosts_PointerToWhatIsNoDomainName_IsLeftOut()
    {
        Host.Hosts = "192.0.2.7 a..test b\u00FCcher.test\n192.0.2.8 a..test";
        DnsTestServer server = StartServer().AddRecord(new DnsPtrRecord("8.2.0.192.in-addr.arpa", TimeSpan.FromSeconds(60), "h.test"));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsPtrRecord> names = await resolver.ResolvePtrAsync(IPAddress.Parse("192.0.2.7"));
        DnsAnswer<DnsPtrRecord> other = await resolver.ResolvePtrAsync(IPAddress.Parse("192.0.2.8"));

        names.Records.Should().ContainSingle().Which.Target.Should().Be("xn--bcher-kva.test");
        other.Records.Should().ContainSingle("the entry names nothing").Which.Target.Should().Be("h.test");
    }

    [Theory]
    [InlineData("192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("::ffff:192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("fe80::1%1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa")]
    public async Task Pointers_AreAskedForUnderTheReverseName_WithoutTheSearchList(string address, string expected)
    {
        Host.ResolvConf = "search x.test\noptions ndots:15";
        DnsTestServer server = StartServer().AddRecord(new DnsPtrRecord(expected, TimeSpan.FromSeconds(60), "h.test"));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsPtrRecord> answer = await resolver.ResolvePtrAsync(IPAddress.Parse(address));

        answer.Records.Should().ContainSingle().Which.Target.Should().Be("h.test");
        answer.Name.Should().Be(expected);
        server.Queries.Should().ContainSingle().Which.Name.Should().Be(expected);
    }

    [Fact]
    public async Task InternationalName_IsSentInAscii_AndAnsweredAsTyped()
    {
        DnsTestServer server = StartServer().AddAddress("xn--bcher-kva.test", "127.0.0.1");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("b\u00FCcher.test");
        DnsAnswer<DnsRecord> query = await resolver.QueryAsync("b\u00FCcher\u3002test", DnsRecordType.A);
        DnsAnswer<DnsRecord> sameLength = await resolver.QueryAsync("a\u3002test", DnsRecordType.A);

        (answer.Name, answer.CanonicalName).Should().Be(("b\u00FCcher.test", "xn--bcher-kva.test"));
        query.Name.Should().Be("b\u00FCcher\u3002test");
        sameLength.Name.Should().Be("a\u3002test");
        server.Queries.Should().OnlyContain(request => request.Name == "xn--bcher-kva.test" || request.Name == "a.test");
    }

    [Theory]
    [InlineData(@"a\.b.test")]
    [InlineData(@"a\032b.test")]
    [InlineData(@"a\000\255.test")]
    [InlineData("_x._tcp.test")]
    public async Task DotsAndOctetsInsideALabel_AreNoSeparators(string name)
    {
        DnsTestServer server = StartServer().AddRecord(new DnsTxtRecord(name, TimeSpan.FromSeconds(60), ["v"]));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(name, DnsRecordType.Txt);

        answer.Records.Should().ContainSingle().Which.Name.Should().Be(name);
        server.Queries.Should().ContainSingle().Which.Name.Should().Be(name);
    }

    [Fact]
    public async Task EscapesThatNeedNotBe_AreTheSameName()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(@"\097.t\est", DnsRecordType.A);

        answer.Records.Should().ContainSingle();
    }
}
