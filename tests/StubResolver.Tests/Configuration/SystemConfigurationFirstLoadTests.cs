using System.Net;
using Microsoft.Extensions.Logging;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class SystemConfigurationFirstLoadTests : SystemConfigurationTestBase
{
    [Fact]
    public void Current_AllOptionsSet_HoldsThem()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1\nsearch a.test\noptions ndots:2 timeout:3 attempts:2 rotate no-aaaa trust-ad");
        Machine.Write(HostsPath, "192.0.2.9 host.test");

        SystemSnapshot snapshot = Start().Current;

        snapshot.Servers.Should().Equal(IPAddress.Parse("192.0.2.1"));
        snapshot.SearchDomains.Should().Equal("a.test");
        (snapshot.Ndots, snapshot.AttemptTimeout, snapshot.Attempts).Should().Be((2, TimeSpan.FromSeconds(3), 2));
        (snapshot.RotateServers, snapshot.NoAaaa, snapshot.TrustAuthenticatedData).Should().Be((true, true, true));
        snapshot.Hosts.Count.Should().Be(1);
        Log.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Current_NothingSet_LeavesItToTheDefaults()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1");

        SystemSnapshot snapshot = Start().Current;

        (snapshot.Ndots, snapshot.AttemptTimeout, snapshot.Attempts).Should().Be((null, null, null));
        (snapshot.RotateServers, snapshot.NoAaaa, snapshot.TrustAuthenticatedData).Should().Be((false, false, false));
        snapshot.SearchDomains.Should().BeEmpty();
        snapshot.Hosts.Count.Should().Be(0, "a system without a hosts file is nothing to warn of");
        Log.Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("", "names no usable DNS server")]
    [InlineData("\0\0\0\0", "names no usable DNS server")]
    [InlineData("nameserver dns.example\nnameserver 192.0.2.300", "names no usable DNS server (ignored: nameserver dns.example; nameserver 192.0.2.300)")]
    [InlineData("# nameserver 192.0.2.1", "names no usable DNS server")]
    public void Current_NoUsableServer_AsksThisHostAndWarnsOnce(string? text, string problem)
    {
        if (text is not null)
        {
            Machine.Write(ResolvConfPath, text);
        }

        SystemConfiguration configuration = Start();
        NextCheck();
        NextCheck();

        Servers(configuration).Should().Equal("127.0.0.1:53", "[::1]:53");
        Log.Warnings.Should().Equal($"/etc/resolv.conf {problem}; 127.0.0.1 and ::1 are asked.");
    }

    [Fact]
    public void Current_ResolvConfCannotBeRead_AsksThisHostAndWarnsOnce()
    {
        Machine.MakeUnreadable(ResolvConfPath);

        SystemConfiguration configuration = Start();
        NextCheck();

        Servers(configuration).Should().Equal("127.0.0.1:53", "[::1]:53");
        Log.Warnings.Should().Equal("/etc/resolv.conf cannot be read; 127.0.0.1 and ::1 are asked.");
    }

    [Fact]
    public void Current_NoServerButOptions_KeepsTheOptions()
    {
        Machine.Write(ResolvConfPath, "options ndots:3 use-vc\nsearch a.test");

        SystemConfiguration configuration = Start();

        Servers(configuration).Should().Equal("tcp://127.0.0.1:53", "tcp://[::1]:53");
        configuration.Current.Ndots.Should().Be(3);
        configuration.Current.SearchDomains.Should().Equal("a.test");
    }

    [Fact]
    public void Current_UseVc_MakesEveryServerTcp()
    {
        Machine.Write(ResolvConfPath, "options use-vc\nnameserver 192.0.2.1\nnameserver fe80::1%3\n");

        Servers(Start()).Should().Equal("tcp://192.0.2.1:53", "tcp://[fe80::1%3]:53");
    }

    [Fact]
    public void Current_Environment_HasTheLastWord()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1\nsearch a.test\noptions ndots:2");
        Machine.Variables["RES_OPTIONS"] = "ndots:4 rotate";
        Machine.Variables["LOCALDOMAIN"] = "b.test c.test";

        SystemSnapshot snapshot = Start().Current;

        (snapshot.Ndots, snapshot.RotateServers).Should().Be((4, true));
        snapshot.SearchDomains.Should().Equal("b.test", "c.test");
    }

    [Theory]
    [InlineData("nameserver 192.0.2.1", null, "corp.test")]
    [InlineData("nameserver 192.0.2.1\nsearch a.test", null, "a.test")]
    [InlineData("nameserver 192.0.2.1\nsearch .", null, ".")]
    [InlineData("nameserver 192.0.2.1", "b.test", "b.test")]
    [InlineData("nameserver 192.0.2.1", "", "")]
    public void Current_HostInADomain_SearchesItWhereNothingElseIsSaid(string text, string? localDomain, string expected)
    {
        Machine.Write(ResolvConfPath, text);
        Machine.HostDomain = "corp.test";
        if (localDomain is not null)
        {
            Machine.Variables["LOCALDOMAIN"] = localDomain;
        }

        string.Join(' ', Start().Current.SearchDomains).Should().Be(expected);
    }

    [Fact]
    public void Current_UnknownOptions_AreLoggedOnceAtDebug()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1\noptions debug weird:1");
        Machine.Variables["RES_OPTIONS"] = "odd";

        Start();
        NextCheck();

        Log.Texts(LogLevel.Debug).Should().ContainSingle().Which.Should().Contain("debug").And.Contain("weird:1").And.Contain("odd");
        Log.Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("nameserver dns.google", "nameserver dns.google")]
    [InlineData("nameserver 10.0.0.300 # typo", "nameserver 10.0.0.300 # typo")]
    [InlineData("nameserver", "nameserver")]
    [InlineData("nameserver ff02::fb", "nameserver ff02::fb")]
    [InlineData("  options\trotate ndots:many", "options\trotate ndots:many")]
    [InlineData("options timeout", "options timeout")]
    [InlineData("search a.test b..test", "search a.test b..test")]
    [InlineData("nameserver one.test\nnameserver two.test", "nameserver one.test; nameserver two.test")]
    public void Current_LinesThatCannotBeUsed_AreOneWarning(string lines, string expected)
    {
        Machine.Write(ResolvConfPath, $"{lines}\nnameserver 192.0.2.1");

        Start();
        NextCheck();

        Log.Warnings.Should().Equal($"/etc/resolv.conf has lines that cannot be used, and are ignored: {expected}.");
    }

    [Theory]
    [InlineData("# nameserver dns.google")]
    [InlineData("sortlist 192.0.2.0\nlookup file bind\noptions debug inet6 -rotate\nnameserver 192.0.2.1\nsearch")]
    public void Current_LinesThatMeanNothing_AreNoWarning(string lines)
    {
        Machine.Write(ResolvConfPath, $"{lines}\nnameserver 192.0.2.1");

        Start();

        Log.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Current_NoServerIsLeft_TheWarningNamesTheLine()
    {
        Machine.Write(ResolvConfPath, "nameserver dns.google");

        Start();

        Log.Warnings.Should().Equal("/etc/resolv.conf names no usable DNS server (ignored: nameserver dns.google); 127.0.0.1 and ::1 are asked.");
    }

    [Fact]
    public void Current_EnvironmentThatCannotBeUsed_IsOneWarning()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1");
        (Machine.Variables["RES_OPTIONS"], Machine.Variables["LOCALDOMAIN"]) = ("ndots:", "a..test");

        Start();
        NextCheck();

        Log.Warnings.Should().Equal("/etc/resolv.conf has lines that cannot be used, and are ignored: RES_OPTIONS=ndots:; LOCALDOMAIN=a..test.");
    }

    [Fact]
    public void TakeWarning_NobodyLogs_TellsItOnce()
    {
        Machine.Write(ResolvConfPath, "nameserver dns.google");
        using SystemConfiguration silent = new(Machine, Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        string? first = silent.TakeWarning();
        string? second = silent.TakeWarning();

        first.Should().Contain("nameserver dns.google");
        second.Should().BeNull();
    }

    [Fact]
    public void Current_HostsFilePastTheLimit_IsRefusedWithOneWarning()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1");
        Machine.Write(HostsPath, "192.0.2.9 host.test\n" + new string('#', HostsFile.MaxLength));

        SystemConfiguration configuration = Start();
        NextCheck();
        NextCheck();

        configuration.Current.Hosts.Should().BeSameAs(HostsFile.Empty);
        Log.Warnings.Should().Equal("/etc/hosts is longer than 16 MiB; it is not used.");
        Machine.Reads(HostsPath).Should().Be(1, "it is not looked into again before it changes");
    }

    [Fact]
    public void Current_HostsFileCannotBeRead_IsLeftOutWithOneWarning()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1");
        Machine.MakeUnreadable(HostsPath);

        SystemConfiguration configuration = Start();
        NextCheck();

        configuration.Current.Hosts.Should().BeSameAs(HostsFile.Empty);
        Log.Warnings.Should().Equal("/etc/hosts cannot be read; it is not used.");
    }
}
