using System.Net;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class SystemConfigurationTroubleTests : SystemConfigurationTestBase
{
    public SystemConfigurationTroubleTests()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1\nsearch a.test\noptions ndots:5\n");
        Machine.Write(HostsPath, "192.0.2.9 host.test\n");
    }

    [Theory]
    [InlineData("", "names no usable DNS server")]
    [InlineData("search b.test\noptions ndots:1\n", "names no usable DNS server")]
    [InlineData("search b.test\nnameserver 192.0.", "names no usable DNS server (ignored: nameserver 192.0.)")]
    [InlineData("\0\0\0\0\0\0\0\0", "names no usable DNS server")]
    public void Check_ResolvConfHalfWritten_KeepsTheLastGoodOneAndWarnsOnce(string text, string problem)
    {
        SystemConfiguration configuration = Start();
        SystemSnapshot first = configuration.Current;
        Machine.Write(ResolvConfPath, text);

        NextCheck();
        NextCheck();

        configuration.Current.Should().BeSameAs(first);
        Log.Warnings.Should().Equal($"/etc/resolv.conf {problem}; the last good configuration stays in use.");
    }

    [Fact]
    public void Check_ResolvConfInTroubleOfChangingKinds_WarnsOnceAnEpisode()
    {
        SystemConfiguration configuration = Start();

        Machine.Delete(ResolvConfPath);
        NextCheck();
        Machine.MakeUnreadable(ResolvConfPath);
        NextCheck();
        Machine.Write(ResolvConfPath, new string('#', ResolvConf.MaxLength + 1));
        NextCheck();
        Machine.Write(ResolvConfPath, "");
        NextCheck();
        Servers(configuration).Should().Equal("192.0.2.1:53");
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1\nsearch a.test\noptions ndots:5\n");
        NextCheck();
        Machine.Delete(ResolvConfPath);
        NextCheck();

        Log.Warnings.Should().Equal(Enumerable.Repeat("/etc/resolv.conf is missing; the last good configuration stays in use.", 2), "there were two episodes");
        Reports.Should().BeEmpty();
    }

    [Fact]
    public void Check_ResolvConfGoodAgain_IsTaken()
    {
        SystemConfiguration configuration = Start();
        Machine.Write(ResolvConfPath, "");
        NextCheck();
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2\n");

        NextCheck();

        Servers(configuration).Should().Equal("192.0.2.2:53");
        Reports.Should().ContainSingle();
    }

    [Fact]
    public void Check_ResolvConfAppearsAfterTheStart_IsTaken()
    {
        Machine.Delete(ResolvConfPath);
        SystemConfiguration configuration = Start();
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2\n");

        NextCheck();

        Servers(configuration).Should().Equal("192.0.2.2:53");
        Log.Warnings.Should().ContainSingle("only the start was without a server");
    }

    [Fact]
    public void Check_ResolvConfReadableAgainWithItsOldStamp_IsTakenAgain()
    {
        SystemConfiguration configuration = Start();
        FileRead good = Machine.Read(ResolvConfPath, int.MaxValue, known: null);
        Machine.MakeUnreadable(ResolvConfPath);
        NextCheck();

        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2\n", modified: good.Stamp.Modified);
        NextCheck();

        Servers(configuration).Should().Equal("192.0.2.2:53");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("192.0.2.9")]
    [InlineData(null)]
    public void Check_HostsFileEmptyOrGone_HasNoEntries(string? text)
    {
        SystemConfiguration configuration = Start();
        if (text is null)
        {
            Machine.Delete(HostsPath);
        }
        else
        {
            Machine.Write(HostsPath, text);
        }

        NextCheck();
        NextCheck();

        configuration.Current.Hosts.Should().BeSameAs(HostsFile.Empty);
        Reports.Should().ContainSingle("it changed once").Which.Changes.Should().Be(SystemChanges.Hosts);
        Log.Warnings.Should().BeEmpty("somebody wanted it so");
    }

    [Fact]
    public void Check_HostsFileThatCannotBeRead_KeepsTheLastGoodOneAndWarnsOnce()
    {
        SystemConfiguration configuration = Start();
        Machine.MakeUnreadable(HostsPath);

        NextCheck();
        NextCheck();

        Addresses(configuration, "host.test").Should().Equal(IPAddress.Parse("192.0.2.9"));
        Log.Warnings.Should().Equal("/etc/hosts cannot be read; the last good configuration stays in use.");
    }

    [Fact]
    public void Check_HostsFileGrownPastTheLimit_KeepsTheLastGoodOneAndWarnsOnce()
    {
        SystemConfiguration configuration = Start();
        Machine.Write(HostsPath, new string('#', HostsFile.MaxLength + 1));

        NextCheck();
        NextCheck();

        Addresses(configuration, "host.test").Should().ContainSingle();
        Log.Warnings.Should().Equal("/etc/hosts is longer than 16 MiB; the last good configuration stays in use.");
    }

    [Fact]
    public void Check_HostsFileInTroubleTwice_WarnsTwice()
    {
        Start();
        Machine.MakeUnreadable(HostsPath);
        NextCheck();
        Machine.Write(HostsPath, "192.0.2.9 host.test\n");
        NextCheck();
        Machine.MakeUnreadable(HostsPath);
        NextCheck();

        Log.Warnings.Should().HaveCount(2);
    }

    [Fact]
    public void Check_HostsFileMissingAtTheStartThenTooLong_Warns()
    {
        Machine.Delete(HostsPath);
        Start();
        Machine.Write(HostsPath, new string('#', HostsFile.MaxLength + 1));

        NextCheck();
        NextCheck();

        Log.Warnings.Should().Equal("/etc/hosts is longer than 16 MiB; it is not used.");
    }
}
