namespace StubResolver.Configuration;

/// <summary>In what two snapshots differ.</summary>
[Flags]
internal enum SystemChanges
{
    None = 0,
    Servers = 1,
    SearchDomains = 2,
    Options = 4,
    LocalAddresses = 8,

    /// <summary>What makes cached outcomes and failures worthless: a new generation begins.</summary>
    Generation = Servers | SearchDomains | Options | LocalAddresses,

    /// <summary>Entries of the hosts file, which concern no answer of a server.</summary>
    Hosts = 16,
}
