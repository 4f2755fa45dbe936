using System.Net;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class SystemConfigurationReloadTests : SystemConfigurationTestBase
{
    public SystemConfigurationReloadTests()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1\nsearch a.test\n");
        Machine.Write(HostsPath, "192.0.2.9 host.test\n");
    }

    [Fact]
    public void Check_NothingChanged_ReadsNothingAndReportsNothing()
    {
        SystemConfiguration configuration = Start();
        SystemSnapshot first = configuration.Current;

        NextCheck();
        NextCheck();

        configuration.Current.Should().BeSameAs(first);
        Reports.Should().BeEmpty();
        Machine.Reads(ResolvConfPath).Should().Be(1);
        Machine.Reads(HostsPath).Should().Be(1);
    }

    [Theory]
    [InlineData("nameserver 192.0.2.2\nsearch a.test\n", "Servers")]
    [InlineData("nameserver 192.0.2.1\nnameserver 192.0.2.2\nsearch a.test\n", "Servers")]
    [InlineData("nameserver 192.0.2.1\nsearch a.test\noptions use-vc", "Servers")]
    [InlineData("nameserver 192.0.2.1\nsearch b.test\n", "SearchDomains")]
    [InlineData("nameserver 192.0.2.1\n", "SearchDomains")]
    [InlineData("nameserver 192.0.2.1\nsearch a.test\noptions ndots:5", "Options")]
    [InlineData("nameserver 192.0.2.1\nsearch a.test\noptions timeout:2", "Options")]
    [InlineData("nameserver 192.0.2.1\nsearch a.test\noptions attempts:2", "Options")]
    [InlineData("nameserver 192.0.2.1\nsearch a.test\noptions rotate", "Options")]
    [InlineData("nameserver 192.0.2.1\nsearch a.test\noptions no-aaaa", "Options")]
    [InlineData("nameserver 192.0.2.1\nsearch a.test\noptions trust-ad", "Options")]
    [InlineData("nameserver 192.0.2.2\nsearch b.test\noptions trust-ad", "Servers, SearchDomains, Options")]
    public void Check_ResolvConfChanged_SwapsAndSaysWhatIsNew(string text, string expected)
    {
        SystemConfiguration configuration = Start();
        Machine.Write(ResolvConfPath, text);

        NextCheck();

        Reports.Should().Equal((configuration.Current, Enum.Parse<SystemChanges>(expected)));
        (Reports[0].Changes & SystemChanges.Generation).Should().NotBe(SystemChanges.None, "a new generation begins");
        Log.Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("# rewritten\nnameserver 192.0.2.1\nsearch a.test\n")]
    [InlineData("search A.test.\nnameserver 192.0.2.1\nnameserver 192.0.2.1\noptions edns0\n")]
    [InlineData("nameserver 192.0.2.1\nsearch a.test\n")]
    public void Check_ResolvConfSaysTheSameInOtherWords_ReportsNothing(string text)
    {
        SystemConfiguration configuration = Start();
        SystemSnapshot first = configuration.Current;
        Machine.Write(ResolvConfPath, text);

        NextCheck();

        configuration.Current.Should().BeSameAs(first);
        Reports.Should().BeEmpty();
    }

    [Fact]
    public void Check_HostsFileChanged_IsNoNewGeneration()
    {
        SystemConfiguration configuration = Start();
        Machine.Write(HostsPath, "192.0.2.10 host.test\n");

        NextCheck();

        Addresses(configuration, "host.test").Should().Equal(IPAddress.Parse("192.0.2.10"));
        Reports.Should().ContainSingle().Which.Changes.Should().Be(SystemChanges.Hosts);
        (SystemChanges.Hosts & SystemChanges.Generation).Should().Be(SystemChanges.None);
    }

    [Fact]
    public void Check_BothFilesChanged_SwapsOnce()
    {
        SystemConfiguration configuration = Start();
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2\nsearch a.test\n");
        Machine.Write(HostsPath, "192.0.2.10 host.test\n");

        NextCheck();

        Reports.Should().Equal((configuration.Current, SystemChanges.Servers | SystemChanges.Hosts));
    }

    [Fact]
    public void Check_BeforeFiveSecondsArePast_DoesNotHappen()
    {
        int looks = 0;
        Start();
        Machine.Reading = _ => looks++;

        Time.Advance(TimeSpan.FromSeconds(4.9));

        looks.Should().Be(0);
    }

    [Fact]
    public void Current_ManyReads_TouchTheSystemNotAtAll()
    {
        SystemConfiguration configuration = Start();
        Machine.Reading = path => throw new InvalidOperationException($"{path} was touched on a caller's path.");
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2");

        for (int i = 0; i < 100; i++)
        {
            Servers(configuration).Should().Equal("192.0.2.1:53");
        }
    }

    [Fact]
    public void Check_NoReload_ReadsResolvConfNoMoreButTheHostsFile()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1\noptions no-reload");
        SystemConfiguration configuration = Start();
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2");
        Machine.Write(HostsPath, "192.0.2.10 host.test\n");

        NextCheck();

        Servers(configuration).Should().Equal("192.0.2.1:53");
        Machine.Reads(ResolvConfPath).Should().Be(1);
        Addresses(configuration, "host.test").Should().Equal(IPAddress.Parse("192.0.2.10"));
    }

    [Fact]
    public void Check_NoReloadInTheEnvironment_Counts()
    {
        Machine.Variables["RES_OPTIONS"] = "no-reload";
        SystemConfiguration configuration = Start();
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2");

        NextCheck();

        Servers(configuration).Should().Equal("192.0.2.1:53");
    }

    [Fact]
    public void Check_EnvironmentChangedAfterTheStart_IsNotSeen()
    {
        SystemConfiguration configuration = Start();
        Machine.Variables["RES_OPTIONS"] = "ndots:7";
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2\nsearch a.test\n");

        NextCheck();

        configuration.Current.Ndots.Should().BeNull("it is read once");
    }

    [Fact]
    public void Check_FileWrittenTwiceWithinOneStepOfItsClock_IsReadAgain()
    {
        DateTime now = Time.GetUtcNow().UtcDateTime;
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1\n", modified: now.AddSeconds(-1));
        SystemConfiguration configuration = Start();
        Machine.WriteUnseen(ResolvConfPath, "nameserver 192.0.2.2\n");

        NextCheck();
        NextCheck();
        NextCheck();

        Servers(configuration).Should().Equal(["192.0.2.2:53"], "time and size are the same, but the file was new when it was read");
        Reports.Should().ContainSingle();
        Machine.Reads(ResolvConfPath).Should().Be(2, "once its time is old, it is trusted");
    }

    [Fact]
    public void Check_FileNewWhenItWasRead_IsReadAgainWithoutAReport()
    {
        Machine.Write(HostsPath, "192.0.2.9 host.test\n", modified: Time.GetUtcNow().UtcDateTime);
        Start();

        NextCheck();

        Machine.Reads(HostsPath).Should().Be(2);
        Reports.Should().BeEmpty("it says what it said");
    }

    [Fact]
    public void Check_WhileAnotherIsRunning_IsLeftOut()
    {
        ManualTimers timers = new();
        using SystemConfiguration configuration = new(Machine, timers, Log);
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2\nsearch a.test\n");
        List<string> looks = [];
        Machine.Reading = path =>
        {
            looks.Add(path);
            if (looks.Count == 1)
            {
                timers.Fire(); // the timer fires again while the first check still reads
            }
        };

        timers.Fire();

        looks.Should().OnlyHaveUniqueItems("each file was looked at by one check only").And.HaveCount(4);
        Servers(configuration).Should().Equal("192.0.2.2:53");
    }

    [Fact]
    public void Check_AfterOneThatWasLeftOut_Happens()
    {
        ManualTimers timers = new();
        using SystemConfiguration configuration = new(Machine, timers, Log);
        Machine.Reading = _ =>
        {
            Machine.Reading = null;
            configuration.Use();
            timers.Fire();
        };
        timers.Fire();
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2\nsearch a.test\n");

        configuration.Use();
        timers.Fire();

        Servers(configuration).Should().Equal("192.0.2.2:53");
    }

    [Fact]
    public void Dispose_ThenAnEdit_IsNotSeen()
    {
        SystemConfiguration configuration = Start();
        configuration.Dispose();
        configuration.Dispose();
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2");

        NextCheck();

        Servers(configuration).Should().Equal("192.0.2.1:53");
        Machine.Reads(ResolvConfPath).Should().Be(1);
    }

    [Fact]
    public void Dispose_DuringACheck_SwapsNothing()
    {
        SystemConfiguration configuration = Start();
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.2");
        Machine.Reading = _ => configuration.Dispose();

        NextCheck();

        Servers(configuration).Should().Equal("192.0.2.1:53");
        Reports.Should().BeEmpty();
    }
}
