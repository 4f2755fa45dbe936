using System.Text;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

/// <summary>A system in memory: its files, interfaces and environment, and how often each was read.</summary>
internal sealed class FakeSystem : SystemSource
{
    public const string ResolvConfFile = "/etc/resolv.conf";
    public const string HostsFilePath = "/etc/hosts";

    private readonly Dictionary<string, FileRead> _files = [];
    private readonly Dictionary<string, int> _reads = [];
    private DateTime _lastWrite = new(1999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public override string? ResolvConfPath => UsesAdapters ? null : ResolvConfFile;

    public override string HostsPath => HostsFilePath;

    public override bool SupportsIPv6 => CanDoIPv6;

    public bool UsesAdapters { get; init; }

    public bool CanDoIPv6 { get; set; } = true;

    public Dictionary<string, string> Variables { get; } = [];

    public IReadOnlyList<NetworkAdapter>? Adapters { get; set; } = [];

    public string HostDomain { get; set; } = "";

    /// <summary>Runs whenever a file is looked at.</summary>
    public Action<string>? Reading { get; set; }

    /// <summary>Returns how often a file's content was read.</summary>
    public int Reads(string path) => _reads.GetValueOrDefault(path);

    public void Write(string path, string text, DateTime? modified = null)
    {
        _lastWrite += TimeSpan.FromMinutes(1);
        byte[] content = Encoding.UTF8.GetBytes(text);
        _files[path] = new FileRead(FileReadStatus.Read, new FileStamp(content.Length, modified ?? _lastWrite, _lastWrite), content);
    }

    /// <summary>Writes octets of the same number without a trace in the file's stamp.</summary>
    public void WriteUnseen(string path, string text) => _files[path] = _files[path] with { Content = Encoding.UTF8.GetBytes(text) };

    public void Delete(string path) => _files.Remove(path);

    public void MakeUnreadable(string path) => _files[path] = new FileRead(FileReadStatus.Unreadable);

    public Dictionary<string, bool> Switches { get; } = [];

    public override bool? GetSwitch(string name) => Switches.TryGetValue(name, out bool isEnabled) ? isEnabled : null;

    public override string? GetVariable(string name) => Variables.GetValueOrDefault(name);

    public override string GetHostDomain() => HostDomain;

    public override IReadOnlyList<NetworkAdapter>? GetAdapters() => Adapters;

    public override FileRead Read(string path, int maxLength, FileStamp? known)
    {
        Reading?.Invoke(path);
        if (!_files.TryGetValue(path, out FileRead file))
        {
            return new FileRead(FileReadStatus.Missing);
        }

        if (file.Status == FileReadStatus.Read && file.Stamp == known)
        {
            return new FileRead(FileReadStatus.Unchanged, file.Stamp);
        }

        _reads[path] = Reads(path) + 1;
        return file.Content.Length > maxLength ? new FileRead(FileReadStatus.TooLong, file.Stamp) : file;
    }
}
