using System.Net.Sockets;

namespace StubResolver.Caching;

/// <summary>What the items of one name are about, as a number each.</summary>
internal static class CacheSlot
{
    /// <summary>The outcome of a lookup of the names of an address, under the name that stands for it.</summary>
    public const int ReverseLookup = 0x5_0000;

    private const int A = 1;
    private const int Aaaa = 28;
    private const int Failures = 0x1_0000;
    private const int Lookups = 0x2_0000;
    private const int FullyQualified = 0x1000;
    private const int RecordLookups = 0x3_0000;
    private const int FullyQualifiedRecordLookups = 0x4_0000;

    /// <summary>The answer to a question of a type, 0 to 65,535.</summary>
    public static int Question(int type) => type;

    /// <summary>The failure of a question of a type.</summary>
    public static int Failure(int type) => Failures + type;

    /// <summary>The outcome of an address lookup for a name as typed: with a trailing dot the search list does not apply.</summary>
    public static int Lookup(AddressFamily family, bool isFullyQualified) => Lookups + (int)family + (isFullyQualified ? FullyQualified : 0);

    /// <summary>The outcome of a lookup of records of a type for a name as typed.</summary>
    public static int RecordLookup(int type, bool isFullyQualified) => (isFullyQualified ? FullyQualifiedRecordLookups : RecordLookups) + type;

    /// <summary>Whether a slot is one of the few that address lookups are made of: their outcomes, both questions and the failures of these.</summary>
    public static bool IsOfAddresses(int slot) => slot is >= Lookups and < RecordLookups || (slot < Lookups && (slot & 0xFFFF) is A or Aaaa);
}
