using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>Decides in which order the addresses of an answer are tried.</summary>
internal static class ConnectionOrder
{
    /// <summary>The most addresses that one connect tries: an answer of 4,000 must not become 4,000 connections.</summary>
    public const int MaxAddresses = 64;

    /// <summary>Orders addresses: equals take turns, families alternate (RFC 8305 §4), and addresses that lately refused come after all others.</summary>
    /// <param name="records">The answer, in the order of RFC 6724.</param>
    /// <param name="preferred">The family to begin with; unspecified: that of the first address.</param>
    /// <param name="turn">Which of several equal addresses is the first.</param>
    /// <param name="isRefusing">Whether an address lately refused; <see langword="null"/> where none did.</param>
    public static IPAddress[] Arrange(IReadOnlyList<DnsAddressRecord> records, AddressFamily preferred, uint turn, Func<IPAddress, bool>? isRefusing)
    {
        IPAddress[] addresses = new IPAddress[records.Count];
        int willing = Partition(records, addresses, isRefusing);
        ArrangeAlike(addresses.AsSpan(0, willing), preferred, turn);
        ArrangeAlike(addresses.AsSpan(willing), preferred, turn);
        return addresses;
    }

    /// <summary>Returns an address as it is connected to: IPv4 for an IPv4-mapped one, which an IPv6 socket could not reach.</summary>
    public static IPAddress Normalize(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static int Partition(IReadOnlyList<DnsAddressRecord> records, IPAddress[] addresses, Func<IPAddress, bool>? isRefusing)
    {
        int first = 0;
        int last = addresses.Length;
        for (int i = 0; i < records.Count; i++)
        {
            IPAddress address = Normalize(records[i].Address);
            bool isLast = isRefusing is not null && isRefusing(address);
            addresses[isLast ? --last : first++] = address;
        }

        Array.Reverse(addresses, last, addresses.Length - last);
        return last;
    }

    private static void ArrangeAlike(Span<IPAddress> addresses, AddressFamily preferred, uint turn)
    {
        if (addresses.Length > 1)
        {
            TakeTurns(addresses, turn);
            Interleave(addresses, preferred == AddressFamily.Unspecified ? addresses[0].AddressFamily : preferred);
        }
    }

    private static void TakeTurns(Span<IPAddress> addresses, uint turn)
    {
        for (int start = 0; start < addresses.Length;)
        {
            int end = start + 1;
            while (end < addresses.Length && AddressRank.Of(addresses[end]) == AddressRank.Of(addresses[start]))
            {
                end++;
            }

            Rotate(addresses[start..end], (int)(turn % (uint)(end - start)));
            start = end;
        }
    }

    private static void Rotate(Span<IPAddress> addresses, int by)
    {
        addresses[..by].Reverse();
        addresses[by..].Reverse();
        addresses.Reverse();
    }

    private static void Interleave(Span<IPAddress> addresses, AddressFamily wanted)
    {
        for (int i = 0; i < addresses.Length; i++)
        {
            int found = IndexOf(addresses[i..], wanted);
            if (found > 0)
            {
                IPAddress moved = addresses[i + found];
                addresses.Slice(i, found).CopyTo(addresses[(i + 1)..]);
                addresses[i] = moved;
            }

            wanted = addresses[i].AddressFamily == AddressFamily.InterNetwork ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        }
    }

    private static int IndexOf(ReadOnlySpan<IPAddress> addresses, AddressFamily family)
    {
        int index = 0;
        while (index < addresses.Length && addresses[index].AddressFamily != family)
        {
            index++;
        }

        return index == addresses.Length ? -1 : index;
    }
}
