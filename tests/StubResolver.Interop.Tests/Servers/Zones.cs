using System.Globalization;
using System.Text;

namespace StubResolver.Interop.Tests.Servers;

/// <summary>The zones that all servers have.</summary>
internal static class Zones
{
    /// <summary>The names n0.burst.interop.test and so on, each with an address of its own.</summary>
    public const int BurstCount = 10_000;

    /// <summary>The address of all names below wild.interop.test, which have none of the other family.</summary>
    public const string NewNameAddress = "192.0.2.9";

    /// <summary>How long a negative answer lives: the MINIMUM of each zone.</summary>
    public static readonly TimeSpan NegativeTtl = TimeSpan.FromSeconds(60);

    private const string Start =
        """
        $TTL 300
        @ SOA ns.interop.test. host\.master.interop.test. 2024010100 3600 600 86400 60
        @ NS ns.interop.test.

        """;

    private const string Interop =
        """
        @ NS ns2.other.test.
        @ MX 20 mail2.other.test.
        @ MX 10 mail
        ns A 192.0.2.53
        a A 192.0.2.1
        a A 192.0.2.2
        a AAAA 2001:db8::1
        v6 AAAA 2001:db8::6
        b A 192.0.2.3
        txt TXT "hello world" "with \"quotes\" and \\" "" "\195\188"
        _sip._tcp SRV 1 20 5060 sip
        dangling CNAME nothing
        half CNAME v6
        *.wild A 192.0.2.9
        old DNAME new
        www.new A 192.0.2.10
        https HTTPS 1 . alpn="h2,h3" port=8443
        unknown TYPE65300 \# 5 0001FF7F00
        MiXeD A 192.0.2.11
        a\.dot A 192.0.2.12
        sp\032ace A 192.0.2.13
        oc\200tet A 192.0.2.14

        """;

    // Last: what has no TTL takes that of the line before, some servers say.
    private const string Aliases =
        """
        alias 100 CNAME link1
        link1 200 CNAME link2
        link2 300 CNAME a

        """;

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["interop.test"] = Start + Interop + Sets() + Burst() + Aliases,
        ["2.0.192.in-addr.arpa"] = Start + "1 PTR a.interop.test.\n1 PTR b.interop.test.\n",
        ["8.b.d.0.1.0.0.2.ip6.arpa"] = Start + "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 PTR a.interop.test.\n",
    };

    public static string ForEach(Func<string, string> write) => string.Join('\n', All.Keys.Select(write)) + "\n";

    /// <summary>A name that nobody asked for before: its address is <see cref="NewNameAddress"/>, and nobody remembers it.</summary>
    public static string NewName() => $"{Guid.NewGuid():N}.wild.interop.test";

    public static string AddressOf(int number) => $"2001:db8::{number + 1:x}";

    /// <summary>One set that fits into 1,232 octets but not into 512, and one that fits into neither.</summary>
    private static string Sets() =>
        Lines(40, number => $"middling A 192.0.2.{number}") + Lines(95, number => $"big A 192.0.2.{number}");

    private static string Burst() => Lines(BurstCount, number => $"n{number}.burst AAAA {AddressOf(number)}");

    private static string Lines(int count, Func<int, string> line) =>
        Enumerable.Range(0, count).Aggregate(new StringBuilder(), (text, number) => text.Append(CultureInfo.InvariantCulture, $"{line(number)}\n")).ToString();
}
