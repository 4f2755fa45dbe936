using System.Net;
using StubResolver.Testing;

namespace StubResolver.GlibcComparison;

/// <summary>A server that answers some names as no server should. Every name says what is wrong with its answer.</summary>
internal static class MisbehavingServer
{
    /// <summary>The name of the resolv.conf that names this server.</summary>
    public const string Configuration = "misbehaving";

    private static readonly TimeSpan s_ttl = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, DnsResponseCode> s_codes = new()
    {
        ["formerr"] = DnsResponseCode.FormatError,
        ["servfail"] = DnsResponseCode.ServerFailure,
        ["nxdomain"] = DnsResponseCode.NxDomain,
        ["notimp"] = DnsResponseCode.NotImplemented,
        ["refused"] = DnsResponseCode.Refused,
        ["notauth"] = DnsResponseCode.NotAuth,
    };

    private static readonly Dictionary<string, Action<DnsTestQuery, DnsTestResponse>> s_scripts = new()
    {
        ["aaaa-silent.test"] = For(DnsRecordType.Aaaa, response => response.Drop()),
        ["a-silent.test"] = For(DnsRecordType.A, response => response.Drop()),
        ["silent.test"] = (_, response) => response.Drop(),
        ["silent-once.test"] = (query, response) => _ = query.Attempt == 1 ? response.Drop() : response,
        ["truncated.test"] = (_, response) => response.Truncate(),
        ["junk-first.test"] = (_, response) => response.JunkFirst(1),
        ["wrong-id-first.test"] = (_, response) => response.SendFirst(first => first.WrongId()),
        ["wrong-question-first.test"] = (_, response) => response.SendFirst(first => first.WrongQuestion("other.test")),
        ["wrong-case.test"] = (_, response) => response.WrongQuestion("WRONG-CASE.test"),
        ["no-edns.test"] = (query, response) => _ = query.HasEdns ? response.Code(DnsResponseCode.FormatError).NoEdns() : response,
        ["no-opt.test"] = (_, response) => response.NoEdns(),
        ["authenticated.test"] = (_, response) => response.SetFlags(DnsTestFlags.AD),
        ["authoritative.test"] = (_, response) => response.SetFlags(DnsTestFlags.AA).ClearFlags(DnsTestFlags.RA),
        ["lame.test"] = (_, response) => response.ClearRecords().Code(DnsResponseCode.NoError).ClearRecords().ClearFlags(DnsTestFlags.RA).NoEdns(),
        ["no-soa-nodata.test"] = (_, response) => response.Code(DnsResponseCode.NoError).ClearRecords(),
        ["no-soa-nxdomain.test"] = (_, response) => response.Code(DnsResponseCode.NxDomain).ClearRecords(),
        ["other-owner.test"] = (query, response) => response.ClearRecords().AddAnswer(AddressFor(query, "unrelated.test")),
        ["other-owner-too.test"] = (query, response) => response.AddAnswer(AddressFor(query, "unrelated.test")),
        ["other-type-too.test"] = (query, response) => response.AddAnswer(new DnsTxtRecord(query.Name, s_ttl, ["text"])),
        ["additional-too.test"] = (query, response) => response.AddAdditional(AddressFor(query, "extra.test")),
        ["twice.test"] = (query, response) => response.AddAnswer(AddressFor(query, query.Name), AddressFor(query, query.Name)),
        ["alias-split.test"] = (query, response) => response.ClearRecords().AddAnswer(new DnsCNameRecord(query.Name, s_ttl, "target.test")),
        ["alias-split-nowhere.test"] = (query, response) => response.ClearRecords().AddAnswer(new DnsCNameRecord(query.Name, s_ttl, "nowhere.test")),
        ["alias-split-loop.test"] = (query, response) => response.ClearRecords().AddAnswer(new DnsCNameRecord(query.Name, s_ttl, query.Name)),
        ["alias-last.test"] = (query, response) =>
            response.ClearRecords().AddAnswer(AddressFor(query, "target.test"), new DnsCNameRecord(query.Name, s_ttl, "target.test")),
        ["alias-nxdomain.test"] = (query, response) => response.Code(DnsResponseCode.NxDomain).AddAnswer(new DnsCNameRecord(query.Name, s_ttl, "nowhere.test")),
        ["alias-and-address.test"] = (query, response) =>
            response.ClearRecords().AddAnswer(new DnsCNameRecord(query.Name, s_ttl, "target.test"), AddressFor(query, query.Name), AddressFor(query, "target.test")),
        ["aliases-two.test"] = (query, response) => response.ClearRecords().AddAnswer(
            new DnsCNameRecord(query.Name, s_ttl, "target.test"), new DnsCNameRecord(query.Name, s_ttl, "other.test"), AddressFor(query, "target.test")),
        ["header-only.test"] = (_, response) => response.Rewrite(message => [.. message[..4], 0, 0, 0, 0, 0, 0, 0, 0]),
        ["cut-off.test"] = (_, response) => response.Rewrite(message => message[..^14]),
        ["octets-behind.test"] = (_, response) => response.Rewrite(message => [.. message, 0, 1, 2]),
        ["not-a-response.test"] = (_, response) => response.NotAResponse(),
        ["zero-ttl.test"] = (query, response) => response.ClearRecords().AddAnswer(AddressFor(query, query.Name, TimeSpan.Zero)),
        ["century-ttl.test"] = (query, response) => response.ClearRecords().AddAnswer(AddressFor(query, query.Name, TimeSpan.FromDays(36_500))),
        ["refused-label"] = (_, response) => response.Code(DnsResponseCode.Refused),
        ["servfail-label"] = (_, response) => response.Code(DnsResponseCode.ServerFailure),
        ["failing-suffix.fails.test"] = (_, response) => response.Code(DnsResponseCode.ServerFailure),
        ["refusing-suffix.fails.test"] = (_, response) => response.Code(DnsResponseCode.Refused),
        ["silent-suffix.fails.test"] = (_, response) => response.Drop(),
        ["failing-suffix-nowhere.fails.test"] = (_, response) => response.Code(DnsResponseCode.ServerFailure),
        ["two.labels.fails.test"] = (_, response) => response.Code(DnsResponseCode.ServerFailure),
        ["nodata-suffix.fails.test"] = (_, response) => response.Code(DnsResponseCode.NoError),
    };

    /// <summary>The names to look up: the scripted ones, each code for one family or both, and those completed by a suffix.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. s_scripts.Keys.Where(name => !name.EndsWith(".fails.test", StringComparison.Ordinal)),
        .. s_codes.Keys.SelectMany(code => new[] { $"{code}.test", $"{code}-for-aaaa.test", $"{code}-for-a.test" }),
        "failing-suffix", "refusing-suffix", "silent-suffix", "failing-suffix-nowhere", "nodata-suffix", "two.labels", "well.test", "nowhere.test",
    ];

    public static DnsTestServer Start()
    {
        DnsTestServer server = DnsTestServer.Start(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 53));
        foreach (string name in Names.Where(name => name.EndsWith(".test", StringComparison.Ordinal) && name != "nowhere.test"))
        {
            server.AddAddress(name, "192.0.2.1").AddAddress(name, "2001:db8::1");
        }

        foreach (string name in (string[])["target.test", "failing-suffix.corp.test", "refusing-suffix.corp.test", "silent-suffix.corp.test", "nodata-suffix.corp.test", "two.labels.corp.test"])
        {
            server.AddAddress(name, "192.0.2.2").AddAddress(name, "2001:db8::2");
        }

        foreach ((string name, Action<DnsTestQuery, DnsTestResponse> script) in s_scripts)
        {
            server.On(name, script);
        }

        foreach ((string name, DnsResponseCode code) in s_codes)
        {
            server.On($"{name}.test", (_, response) => response.Code(code));
            server.On($"{name}-for-aaaa.test", DnsRecordType.Aaaa, (_, response) => response.Code(code));
            server.On($"{name}-for-a.test", DnsRecordType.A, (_, response) => response.Code(code));
        }

        return server;
    }

    private static Action<DnsTestQuery, DnsTestResponse> For(DnsRecordType type, Action<DnsTestResponse> change) => (query, response) =>
    {
        if (query.Type == type)
        {
            change(response);
        }
    };

    private static DnsAddressRecord AddressFor(DnsTestQuery query, string owner, TimeSpan? ttl = null) =>
        new(owner, ttl ?? s_ttl, IPAddress.Parse(query.Type == DnsRecordType.Aaaa ? "2001:db8::1" : "192.0.2.1"));
}
