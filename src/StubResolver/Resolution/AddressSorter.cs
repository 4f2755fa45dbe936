using System.Net;
using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>
/// Orders destinations by RFC 6724 §6. Rules 3, 4 and 7 need facts no portable interface tells; rule 9 is left out since it defeats
/// round robin. What remains depends on one destination and its source alone, so that each has a rank.
/// </summary>
internal static class AddressSorter
{
    /// <summary>The rank of a destination that cannot be reached (rule 1); all such are equal.</summary>
    public const int Unreachable = int.MaxValue;

    private const int MaxPrecedence = 50;

    /// <summary>Beyond this many addresses one source stands for all of a family: an answer that long is no list of one host's interfaces.</summary>
    private const int MaxProbed = 100;

    /// <summary>Returns the place of a destination; lower comes first, equal ones stay in the order received (rule 10).</summary>
    /// <param name="destination">The address to connect to.</param>
    /// <param name="source">The address the host would use for it, or <see langword="null"/> if it has no route.</param>
    public static int Rank(IPAddress destination, IPAddress? source)
    {
        if (source is null)
        {
            return Unreachable;
        }

        AddressPolicy policy = AddressPolicyTable.Find(destination);
        int scope = AddressScope.Of(destination);
        int otherScope = scope == AddressScope.Of(source) ? 0 : 1;                             // rule 2
        int otherLabel = policy.Label == AddressPolicyTable.Find(source).Label ? 0 : 1;        // rule 5
        int precedence = MaxPrecedence - policy.Precedence;                                    // rule 6
        return (otherScope << 11) | (otherLabel << 10) | (precedence << 4) | scope;            // rule 8
    }

    /// <summary>Sorts records in place. Sources are asked for only where the rules could tell addresses apart.</summary>
    /// <param name="records">The addresses in the order received.</param>
    /// <param name="findSource">Returns the source for a destination, or <see langword="null"/> if there is no route.</param>
    public static void Sort(Span<DnsAddressRecord> records, Func<IPAddress, IPAddress?> findSource)
    {
        if (!NeedsSources(records))
        {
            return;
        }

        if (records.Length <= MaxProbed)
        {
            SortByRank(records, stackalloc int[records.Length], findSource);
            return;
        }

        Dictionary<AddressFamily, IPAddress?> sources = [];
        foreach (DnsAddressRecord record in records)
        {
            if (!sources.ContainsKey(record.Address.AddressFamily))
            {
                sources.Add(record.Address.AddressFamily, findSource(record.Address));
            }
        }

        SortByRank(records, new int[records.Length], destination => sources[destination.AddressFamily]);
    }

    // By insertion: stable, quick enough for so few, and the general sort would be compiled for it in the first lookup.
    private static void SortByRank(Span<DnsAddressRecord> records, Span<int> ranks, Func<IPAddress, IPAddress?> findSource)
    {
        for (int i = 0; i < records.Length; i++)
        {
            DnsAddressRecord record = records[i];
            int rank = Rank(record.Address, findSource(record.Address));
            int place = i;
            for (; place > 0 && ranks[place - 1] > rank; place--)
            {
                ranks[place] = ranks[place - 1];
                records[place] = records[place - 1];
            }

            ranks[place] = rank;
            records[place] = record;
        }
    }

    /// <summary>Whether the order can depend on sources: not for one address, nor for IPv4 addresses of one scope.</summary>
    public static bool NeedsSources(ReadOnlySpan<DnsAddressRecord> records)
    {
        if (records.Length < 2)
        {
            return false;
        }

        int scope = AddressScope.Of(records[0].Address);
        foreach (DnsAddressRecord record in records)
        {
            if (record.Address.AddressFamily != AddressFamily.InterNetwork || AddressScope.Of(record.Address) != scope)
            {
                return true;
            }
        }

        return false;
    }
}
