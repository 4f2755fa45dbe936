using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public sealed class OperatingSystemSourceTests : IDisposable
{
    private const int Limit = 1000;

    private static readonly DateTime s_longAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _folder = Directory.CreateTempSubdirectory("stubresolver-").FullName;
    private readonly OperatingSystemSource _source;

    public OperatingSystemSourceTests() => _source = new OperatingSystemSource(PathOf("resolv.conf"), PathOf("hosts"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_AFile_GivesItsContentOnceUntilItChanges()
    {
        string path = Write("resolv.conf", "nameserver 192.0.2.1", s_longAgo);

        FileRead first = _source.Read(path, Limit, known: null);
        FileRead second = _source.Read(path, Limit, first.Stamp);
        Write("resolv.conf", "nameserver 192.0.2.2", s_longAgo.AddSeconds(1));
        FileRead third = _source.Read(path, Limit, first.Stamp);

        Text(first).Should().Be("nameserver 192.0.2.1");
        second.Status.Should().Be(FileReadStatus.Unchanged);
        Text(third).Should().Be("nameserver 192.0.2.2");
    }

    [Fact]
    public void Read_OtherSizeAtTheSameTime_IsAChange()
    {
        string path = Write("hosts", "192.0.2.1 a.test", s_longAgo);
        FileStamp stamp = _source.Read(path, Limit, known: null).Stamp;

        Write("hosts", "192.0.2.1 a.test b.test", s_longAgo);

        Text(_source.Read(path, Limit, stamp)).Should().EndWith("b.test");
    }

    [Fact]
    public void Read_AFileRenamedOverIt_IsAChange()
    {
        string path = Write("hosts", "192.0.2.1 a.test", s_longAgo);
        FileStamp stamp = _source.Read(path, Limit, known: null).Stamp;

        File.Move(Write("hosts.new", "192.0.2.2 a.test", s_longAgo.AddHours(-1)), path, overwrite: true);

        Text(_source.Read(path, Limit, stamp)).Should().StartWith("192.0.2.2", "an older file is another file, too");
    }

    [Fact]
    public void Read_AFileOfEqualSizeAndTimeRenamedOverIt_IsAChange()
    {
        string path = Write("hosts", "192.0.2.1 a.test", s_longAgo);
        FileStamp stamp = _source.Read(path, Limit, known: null).Stamp;

        File.Move(Write("hosts.new", "192.0.2.2 a.test", s_longAgo), path, overwrite: true);

        Text(_source.Read(path, Limit, stamp)).Should().StartWith("192.0.2.2", "it is another file (inode)");
    }

    [Fact]
    public void Read_WrittenToWithSizeAndTimeKept_IsAChange()
    {
        string path = Write("hosts", "192.0.2.1 a.test", s_longAgo);
        FileStamp stamp = _source.Read(path, Limit, known: null).Stamp;

        bool isSeen = SpinWait.SpinUntil( // the clock of a file system moves in steps of some milliseconds
            () => _source.Read(Write("hosts", "192.0.2.2 a.test", s_longAgo), Limit, stamp).Status == FileReadStatus.Read,
            TimeSpan.FromSeconds(10));

        isSeen.Should().Be(OperatingSystem.IsLinux(), "there its change time tells");
    }

    [Fact]
    public void Current_HostsFileOfEqualSizeAndTime_IsSeen()
    {
        FakeTimeProvider time = new(new DateTimeOffset(s_longAgo.AddDays(1)));
        Write("hosts", "192.0.2.7 a.test", s_longAgo);
        using SystemConfiguration configuration = new(_source, time, NullLogger.Instance);
        File.Move(Write("hosts.new", "192.0.2.8 a.test", s_longAgo), PathOf("hosts"), overwrite: true);

        time.Advance(SystemConfiguration.CheckPeriod);

        configuration.Current.Hosts.TryGetAddresses("a.test", out IReadOnlyList<IPAddress>? addresses).Should().BeTrue();
        addresses.Should().Equal(IPAddress.Parse("192.0.2.8"));
    }

    [Fact]
    public void Read_ALink_GivesStampAndContentOfItsTarget()
    {
        Directory.CreateDirectory(PathOf("run"));
        string target = Write("run/stub-resolv.conf", "nameserver 127.0.0.53", s_longAgo);
        File.CreateSymbolicLink(PathOf("resolv.conf"), "run/stub-resolv.conf");

        FileRead first = _source.Read(PathOf("resolv.conf"), Limit, known: null);
        Write("run/stub-resolv.conf", "nameserver 127.0.0.54", s_longAgo.AddSeconds(5));
        FileRead second = _source.Read(PathOf("resolv.conf"), Limit, first.Stamp);

        first.Stamp.Should().Be(first.Stamp with { Modified = s_longAgo, Length = "nameserver 127.0.0.53".Length });
        Text(second).Should().Be("nameserver 127.0.0.54", "{0} was edited", target);
    }

    [Fact]
    public void Read_ALinkInThePathSwapped_IsAChange()
    {
        // As Kubernetes mounts a ConfigMap: resolv.conf → ..data/resolv.conf, ..data → ..v1, then ..data → ..v2.
        Directory.CreateDirectory(PathOf("..v1"));
        Directory.CreateDirectory(PathOf("..v2"));
        Write("..v1/resolv.conf", "nameserver 192.0.2.1", s_longAgo);
        Write("..v2/resolv.conf", "nameserver 192.0.2.2", s_longAgo.AddSeconds(7));
        Directory.CreateSymbolicLink(PathOf("..data"), "..v1");
        File.CreateSymbolicLink(PathOf("resolv.conf"), "..data/resolv.conf");
        FileStamp stamp = _source.Read(PathOf("resolv.conf"), Limit, known: null).Stamp;

        Directory.CreateSymbolicLink(PathOf("..data_tmp"), "..v2");
        Directory.Delete(PathOf("..data"));
        Directory.Move(PathOf("..data_tmp"), PathOf("..data"));

        Text(_source.Read(PathOf("resolv.conf"), Limit, stamp)).Should().Be("nameserver 192.0.2.2");
    }

    [Fact]
    public void Read_NoFile_IsMissing()
    {
        File.CreateSymbolicLink(PathOf("dangling"), "nowhere");

        _source.Read(PathOf("resolv.conf"), Limit, known: null).Status.Should().Be(FileReadStatus.Missing);
        _source.Read(PathOf("no/such/folder"), Limit, known: null).Status.Should().Be(FileReadStatus.Missing);
        _source.Read(PathOf("dangling"), Limit, known: null).Status.Should().Be(FileReadStatus.Missing);
    }

    [Fact]
    public void Read_WhatIsNoFile_IsUnreadable()
    {
        File.CreateSymbolicLink(PathOf("loop"), "loop");

        _source.Read(_folder, Limit, known: null).Status.Should().Be(FileReadStatus.Unreadable);
        _source.Read(PathOf("loop"), Limit, known: null).Status.Should().Be(FileReadStatus.Unreadable);
    }

    [Theory]
    [InlineData(Limit, FileReadStatusName.Read)]
    [InlineData(Limit + 1, FileReadStatusName.TooLong)]
    [InlineData(10 * Limit, FileReadStatusName.TooLong)]
    public void Read_FileAroundTheLimit_IsReadUpToIt(int length, string expected)
    {
        string path = Write("hosts", new string('#', length), s_longAgo);

        FileRead read = _source.Read(path, Limit, known: null);

        read.Status.ToString().Should().Be(expected);
        read.Content.Length.Should().Be(expected == FileReadStatusName.Read ? length : 0);
    }

    [Fact]
    public void Read_EmptyFile_IsReadAsEmpty()
    {
        FileRead read = _source.Read(Write("hosts", "", s_longAgo), Limit, known: null);

        (read.Status, read.Content.Length).Should().Be((FileReadStatus.Read, 0));
    }

    [Fact]
    public void Read_LinuxTables_GiveThisHostsAddresses()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // only Linux has them
        }

        FileRead table = _source.Read(LinuxNetwork.IPv4Path, LinuxNetwork.MaxLength, known: null);

        table.Stamp.Length.Should().Be(0, "files of /proc do not say how long they are");
        Text(table).Should().Contain("127.0.0.1");
    }

    [Fact]
    public void GetAdapters_OnThisSystem_FindsTheLoopbackInterface() =>
        _source.GetAdapters().Should().Contain(adapter => adapter.IsLoopback && adapter.Addresses.Contains(IPAddress.Loopback));

    [Theory]
    [InlineData("web1.corp.test", "corp.test")]
    [InlineData("web1.test", "test")]
    [InlineData("web1", "")]
    [InlineData("web1.", "")]
    [InlineData("", "")]
    public void GetDomain_HostName_IsWhatFollowsItsFirstLabel(string hostName, string expected) =>
        OperatingSystemSource.GetDomain(hostName).Should().Be(expected);

    [Fact]
    public void GetHostDomain_OnThisSystem_BelongsToItsHostName()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // there it is the primary suffix, which is no part of the name
        }

        _source.GetHostDomain().Should().Be(OperatingSystemSource.GetDomain(Dns.GetHostName()));
    }

    [Fact]
    public void Paths_OfThisSystem_AreTheUsualOnes()
    {
        OperatingSystemSource source = new();

        source.ResolvConfPath.Should().Be(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? null : "/etc/resolv.conf");
        Path.GetFileName(source.HostsPath).Should().Be("hosts");
        Path.IsPathRooted(source.HostsPath).Should().BeTrue();
    }

    [Fact]
    public void Current_FilesEditedOnDisk_ShowsTheEditAtTheNextCheck()
    {
        FakeTimeProvider time = new(new DateTimeOffset(s_longAgo.AddDays(1)));
        Write("resolv.conf", "nameserver 192.0.2.1\noptions no-aaaa", s_longAgo);
        Write("hosts", "192.0.2.7 a.test", s_longAgo);
        using SystemConfiguration configuration = new(_source, time, NullLogger.Instance);
        SystemSnapshot first = configuration.Current;

        Write("resolv.conf", "nameserver 192.0.2.2\noptions no-aaaa", s_longAgo.AddHours(1));
        Write("hosts", "192.0.2.8 a.test", s_longAgo.AddHours(1));
        time.Advance(SystemConfiguration.CheckPeriod);

        first.Servers.Should().Equal(IPAddress.Parse("192.0.2.1"));
        configuration.Current.Servers.Should().Equal(IPAddress.Parse("192.0.2.2"));
        configuration.Current.Hosts.TryGetAddresses("a.test", out IReadOnlyList<IPAddress>? addresses).Should().BeTrue();
        addresses.Should().Equal(IPAddress.Parse("192.0.2.8"));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string Write(string name, string text, DateTime modified)
    {
        File.WriteAllText(PathOf(name), text);
        File.SetLastWriteTimeUtc(PathOf(name), modified);
        return PathOf(name);
    }

    private static string Text(FileRead read) => Encoding.UTF8.GetString(read.Content.Span);

    private static class FileReadStatusName
    {
        public const string Read = nameof(FileReadStatus.Read);
        public const string TooLong = nameof(FileReadStatus.TooLong);
    }
}
