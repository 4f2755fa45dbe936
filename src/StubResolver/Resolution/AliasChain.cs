using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <summary>Follows CNAME and DNAME inside an answer section (RFC 1034 §3.6.2, RFC 6672 §3.2).</summary>
/// <param name="End">Where the chain led.</param>
/// <param name="Name">The last name of the chain.</param>
/// <param name="Records">The records of the asked type that it owns; records outside the chain are left out.</param>
/// <param name="Ttl">The lowest TTL of the records and of the links that lead to them; <see cref="TimeSpan.MaxValue"/> where there are neither.</param>
/// <param name="Links">How many aliases were followed.</param>
internal readonly record struct AliasChain(AliasChainEnd End, string Name, DnsRecord[] Records, TimeSpan Ttl, int Links)
{
    public readonly AliasChainEnd End = End;
    public readonly string Name = Name;
    public readonly DnsRecord[] Records = Records;
    public readonly TimeSpan Ttl = Ttl;
    public readonly int Links = Links;

    private const int MaxLinks = 16;

    /// <summary>Follows the aliases of <paramref name="name"/>, records in any order.</summary>
    public static AliasChain Follow(DnsRecord[] answers, string name, DnsRecordType type)
    {
        bool followsAliases = type is not (DnsRecordType.CName or DnsRecordType.Any);
        TimeSpan ttl = TimeSpan.MaxValue;
        string owner = name;
        for (int links = 0; links <= MaxLinks; links++)
        {
            DnsRecord[] records = Select(answers, owner, type, ref ttl);
            if (records.Length > 0)
            {
                return new AliasChain(AliasChainEnd.Records, owner, records, ttl, links);
            }

            string? next = null;
            if (followsAliases && !TryFindAlias(answers, owner, ref next, ref ttl))
            {
                break;
            }

            if (next is null)
            {
                return new AliasChain(AliasChainEnd.Name, owner, [], ttl, links);
            }

            owner = next;
        }

        return new AliasChain(AliasChainEnd.Malformed, owner, [], ttl, MaxLinks);
    }

    private static DnsRecord[] Select(DnsRecord[] answers, string owner, DnsRecordType type, ref TimeSpan ttl)
    {
        int count = 0;
        foreach (DnsRecord record in answers)
        {
            if (IsAsked(record, owner, type))
            {
                count++;
                ttl = Min(ttl, record.Ttl);
            }
        }

        return count == 0 ? []
            : count == answers.Length ? answers // nearly always: one array does for both
            : Pick(answers, owner, type);
    }

    // Apart from its caller, where the closure would be allocated for every reply.
    private static DnsRecord[] Pick(DnsRecord[] answers, string owner, DnsRecordType type) =>
        Array.FindAll(answers, record => IsAsked(record, owner, type));

    private static bool IsAsked(DnsRecord record, string owner, DnsRecordType type) =>
        (record.Type == type || type == DnsRecordType.Any) && IsSameName(record.Name, owner);

    /// <summary>Finds where an owner's alias leads; false where the aliases contradict each other or make no valid name.</summary>
    private static bool TryFindAlias(DnsRecord[] answers, string owner, ref string? target, ref TimeSpan ttl)
    {
        DnsDNameRecord? subtree = null;
        foreach (DnsRecord record in answers)
        {
            if (record is DnsCNameRecord alias && IsSameName(alias.Name, owner))
            {
                if (target is not null && !IsSameName(target, alias.CanonicalName))
                {
                    return false; // one owner has one canonical name (RFC 2181 §10.1)
                }

                target = alias.CanonicalName;
                ttl = Min(ttl, alias.Ttl);
            }
            else if (record is DnsDNameRecord dname && IsBelow(owner, dname.Name))
            {
                subtree = dname;
            }
        }

        if (target is null && subtree is not null)
        {
            target = Substitute(owner, subtree);
            ttl = Min(ttl, subtree.Ttl);
            return target is not null;
        }

        return true;
    }

    /// <summary>Replaces the suffix that owns a DNAME; <see langword="null"/> where the result is too long (RFC 6672 §2.2).</summary>
    private static string? Substitute(string name, DnsDNameRecord subtree)
    {
        string prefix = subtree.Name == "." ? name + "." : name[..^subtree.Name.Length];
        string target = subtree.Target == "." ? prefix[..^1] : prefix + subtree.Target;
        Span<byte> encoded = stackalloc byte[EncodedName.MaxLength];
        return NameWriter.TryWrite(target, encoded, out _) ? target : null;
    }

    /// <summary>Whether a name is below another one.</summary>
    public static bool IsBelow(string name, string ancestor) => ancestor == "."
        ? name != "."
        : name.Length > ancestor.Length + 1
            && QueryName.IsFullyQualified(name.AsSpan(0, name.Length - ancestor.Length))
            && name.EndsWith(ancestor, StringComparison.OrdinalIgnoreCase);

    // Names are ASCII here: OrdinalIgnoreCase folds nothing else (RFC 4343).
    public static bool IsSameName(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
