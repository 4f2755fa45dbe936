using System.Diagnostics;
using System.Net;
using System.Net.Security;
using StubResolver;
using StubResolver.Testing;

namespace FollowingSample;

/// <summary>A record moves from one server to another while requests of all kinds run, with a handler that follows DNS and with a plain one.</summary>
internal static class Move
{
    public const string Host = "service.example";

    private const string OldAddress = "127.0.0.1";
    private const string NewAddress = "127.0.0.2";
    private static readonly TimeSpan s_ttl = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_moved = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan s_end = TimeSpan.FromSeconds(30);

    /// <summary>Runs it, and once more where a busy machine made it late.</summary>
    public static async Task<bool> RunAsync() => await RunOnceAsync() ?? await RunOnceAsync() ?? false;

    private static async Task<bool?> RunOnceAsync()
    {
        (WebServer old, WebServer @new) = await WebServer.StartTwoAsync(OldAddress, NewAddress);
        await using WebServer first = old;
        await using WebServer second = @new;
        await using DnsTestServer dns = DnsTestServer.Start().AddAddress(Host, OldAddress, s_ttl);
        await using DnsResolver resolver = new(new DnsResolverOptions { Servers = { dns.EndPoint }, UseHostsFile = false, UseSearchList = false });
        using HttpMessageInvoker following = new(new DnsFollowingHandler(resolver, CreateHandler));
        using HttpMessageInvoker plain = new(CreateHandler().UseDnsResolver(resolver));
        Uri uri = new($"https://{Host}:{old.Port}/");
        Load[] loads =
        [
            new("following, HTTP/1.1", following, uri, HttpVersion.Version11),
            new("following, HTTP/2", following, uri, HttpVersion.Version20),
            new("plain, HTTP/1.1", plain, uri, HttpVersion.Version11),
            new("plain, HTTP/2", plain, uri, HttpVersion.Version20),
        ];
        Uri stream = new(uri, "stream");
        Console.WriteLine($"{Host} leads to {OldAddress} with a TTL of {s_ttl.TotalSeconds} s, and after {s_moved.TotalSeconds} s to {NewAddress}.");

        Stopwatch clock = Stopwatch.StartNew();
        Task running = Task.WhenAll(loads.Select(load => load.RunAsync(clock, s_end)));
        Task<string[]> streams = Task.WhenAll(Load.ReadAsync(following, stream, HttpVersion.Version11), Load.ReadAsync(following, stream, HttpVersion.Version20));
        await Task.Delay(s_moved - clock.Elapsed);
        TimeSpan moved = clock.Elapsed;
        dns.Remove(Host).AddAddress(Host, NewAddress, s_ttl);
        await running;
        return Report(loads, await streams, moved);
    }

    /// <summary>Tells how it went; <see langword="null"/> where all succeeded, but too late.</summary>
    private static bool? Report(Load[] loads, string[] streams, TimeSpan moved)
    {
        Array.ForEach(loads, load => Console.WriteLine(load.Describe(moved)));
        Console.WriteLine($"two streams, silent for {WebServer.Pause.TotalSeconds} s each, HTTP/1.1 and HTTP/2: '{string.Join("', '", streams)}'");
        bool areKept = loads.All(load => load.Failures.Count == 0) && streams.All(text => text == "old old");
        bool isInTime = loads[..2].All(load => load.LastOld(moved) <= s_ttl.TotalSeconds + 1);
        Console.WriteLine(!areKept ? "NOT kept."
            : isInTime ? "Kept: all succeed, and within the TTL and 1 s all new requests go to the new server."
            : "Late: all succeed, but not within the TTL and 1 s.");
        return areKept && !isInTime ? null : areKept;
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == $"CN={Host}",
        },
    };
}
