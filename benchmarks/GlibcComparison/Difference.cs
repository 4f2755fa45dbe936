using System.Net.Sockets;

namespace StubResolver.GlibcComparison;

/// <summary>A lookup that both resolvers answer differently.</summary>
/// <param name="Configuration">The name of the resolv.conf.</param>
/// <param name="Name">The name that was looked up.</param>
/// <param name="Family">The family that was asked for.</param>
/// <param name="System">What getaddrinfo says.</param>
/// <param name="Resolver">What StubResolver says.</param>
internal sealed record Difference(string Configuration, string Name, AddressFamily Family, Outcome System, Outcome Resolver)
{
    public string FamilyText => Family switch
    {
        AddressFamily.InterNetwork => "A",
        AddressFamily.InterNetworkV6 => "AAAA",
        _ => "both",
    };

    /// <summary>The lookup as one line.</summary>
    public override string ToString() => $"{Configuration}: {NameList.Escape(Name)}, {FamilyText}: getaddrinfo {System}; StubResolver {Resolver}";
}
