using StubResolver.Tests.Wild;

namespace StubResolver.Fuzz.Resolver;

/// <summary>Replies that say what the zone says, in all the forms that servers give them.</summary>
internal static class TrueReply
{
    private const ushort CookieOption = 10;
    private const ushort KeepaliveOption = 11;
    private const ushort ExtendedErrorOption = 15;
    private const int ClientCookieSize = 8;

    /// <summary>Returns the reply of a good server; what stands behind its answer section may be anything.</summary>
    public static byte[] Create(WildQuery query, Zone zone, Random random)
    {
        string name = query.Name.ToLowerInvariant();
        List<byte[]> data = zone.GetData(name, query.Type);
        return data.Count > 0 ? CreatePositive(query, data, zone.GetAliasCount(name, query.Type), random) : CreateNegative(query, zone.Exists(name), random);
    }

    private static byte[] CreatePositive(WildQuery query, List<byte[]> data, int aliases, Random random)
    {
        WildReply reply = new(query);
        if (random.Next(30) == 0)
        {
            reply.Answer([0], DnsRecordType.Opt, []);
        }

        uint ttl = Draw.Of(random, 0U, 1U, 300U, uint.MaxValue);
        byte[] owner = WildReply.AskedName;
        List<(byte[] Owner, DnsRecordType Type, byte[] Data)> records = [];
        for (int i = 1; i <= aliases; i++)
        {
            byte[] target = WildReply.Name($"a{i}.alias.test");
            records.Add((owner, DnsRecordType.CName, target));
            owner = target;
        }

        records.AddRange(data.Select(octets => (owner, query.Type, octets)));
        if (random.Next(4) == 0)
        {
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(records));
        }

        records.ForEach(record => reply.Answer(record.Owner, record.Type, record.Data, ttl));
        return End(reply, query, random, mayBreak: true);
    }

    private static byte[] CreateNegative(WildQuery query, bool exists, Random random)
    {
        WildReply reply = new(query, code: exists ? 0 : 3);
        if (random.Next(4) == 0 && query.Type != DnsRecordType.Soa)
        {
            reply.Answer(WildReply.AskedName, DnsRecordType.Soa, WildReply.Soa());
        }
        else
        {
            reply.Authority(WildReply.AskedName, DnsRecordType.Soa, WildReply.Soa());
        }

        return End(reply, query, random, mayBreak: false);
    }

    /// <summary>Appends the other sections; broken ones spoil nothing.</summary>
    private static byte[] End(WildReply reply, WildQuery query, Random random, bool mayBreak)
    {
        byte[] cookie = GetCookie(query, random);
        return (random.Next(mayBreak ? 14 : 5) switch
        {
            0 => reply,
            1 => reply.Opt(cookie),
            2 => reply.Opt([.. cookie, .. WildReply.Option(ExtendedErrorOption, [0, (byte)random.Next(40), .. "text"u8]), .. WildReply.Option(3, 1, 2, 3)]),
            3 => reply.Opt([.. cookie, .. WildReply.Option((ushort)random.Next(20, ushort.MaxValue), Draw.Octets(random, random.Next(200)))]),
            4 => reply.Opt(cookie).Octets(Draw.Octets(random, random.Next(100))),
            5 => reply.Counts(authority: random.Next(ushort.MaxValue), additional: random.Next(ushort.MaxValue)),
            6 => reply.Counts(authority: random.Next(4), additional: random.Next(4)).Octets([1, .. Draw.Octets(random, random.Next(400))]),
            7 => reply.Counts(additional: 1).Octets([.. WildReply.AskedName, 0, 1, 0, 1, 0, 0, 0, 9, 0, 200, 1]),
            8 => reply.Authority(WildReply.AskedName, DnsRecordType.Soa, WildReply.Soa()[..random.Next(20)]).Opt(cookie),
            9 => reply.Opt([.. cookie, 0, 3, (byte)random.Next(256), (byte)random.Next(5, 256), 1]),
            10 => reply.Opt(WildReply.Option(KeepaliveOption, Draw.Octets(random, random.Next(4)))),
            11 => reply.Opt(cookie).Opt(cookie),
            12 => reply.Authority([0xC0, (byte)random.Next(12, 256)], DnsRecordType.Ns, Draw.Octets(random, 4)),
            _ => AddGlue(reply, random).Opt(cookie),
        }).ToArray();
    }

    private static WildReply AddGlue(WildReply reply, Random random)
    {
        int count = random.Next(1, 20);
        for (int i = 0; i < count; i++)
        {
            reply.Authority(WildReply.Name("test"), DnsRecordType.Ns, WildReply.Name($"ns{i}.test"));
        }

        for (int i = 0; i < count; i++)
        {
            reply.Additional(WildReply.Name($"ns{i}.test"), DnsRecordType.A, [192, 0, 2, (byte)i]);
        }

        return reply;
    }

    // None, a bare echo, or a server's: one address may be several servers.
    private static byte[] GetCookie(WildQuery query, Random random) => random.Next(4) switch
    {
        0 => [],
        _ when query.Cookie.IsEmpty => [],
        1 => WildReply.Option(CookieOption, [.. query.Cookie[..ClientCookieSize]]),
        _ => WildReply.Option(CookieOption, [.. query.Cookie[..ClientCookieSize], .. Draw.Octets(random, random.Next(8, 33))]),
    };
}
