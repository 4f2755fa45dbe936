using System.Net;

namespace StubResolver.Benchmarks.Load;

/// <summary>
/// Runs a program that sees a resolv.conf of its own: getaddrinfo asks only the servers named there, at port 53. Needs Linux, root and unshare.
/// </summary>
internal sealed class PrivateResolvConf : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private PrivateResolvConf(IPAddress server, string options) => File.WriteAllText(_file, $"nameserver {server}\n{options}");

    /// <summary>Tries whether the system lets us do so.</summary>
    /// <returns>Null with the reason in words where it does not.</returns>
    public static async Task<(PrivateResolvConf? Conf, string? Trouble)> TryCreateAsync(IPAddress server, string options = "")
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return (null, "needs Linux and root, for a resolv.conf of its own");
        }

        return await ChildProcess.CanRunAsync("unshare", "--mount", "true")
            ? (new PrivateResolvConf(server, options), null)
            : (null, "unshare --mount does not work here");
    }

    /// <summary>Returns the command line that runs another one with this file as its resolv.conf.</summary>
    public string[] Wrap(string[] command) =>
        ["unshare", "--mount", "sh", "-c", "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"", _file, .. command];

    public void Dispose() => File.Delete(_file);
}
