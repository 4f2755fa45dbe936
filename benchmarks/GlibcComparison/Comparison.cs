using System.Net.Sockets;

namespace StubResolver.GlibcComparison;

/// <summary>What came of looking all names up with both resolvers, for either family and for both.</summary>
/// <param name="Configuration">The name of the resolv.conf.</param>
/// <param name="Names">The number of names.</param>
/// <param name="Lookups">The number of lookups.</param>
/// <param name="Found">How many gave the same addresses.</param>
/// <param name="Differences">The lookups that both answer differently.</param>
internal sealed record Comparison(string Configuration, int Names, int Lookups, int Found, IReadOnlyList<Difference> Differences)
{
    private static readonly AddressFamily[] s_families = [AddressFamily.Unspecified, AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];

    public static async Task<Comparison> RunAsync(string configuration, IReadOnlyList<string> names)
    {
        int found = 0;
        List<Difference> differences = [];
        using DnsResolver resolver = new();
        foreach (string name in names)
        {
            foreach (AddressFamily family in s_families)
            {
                Outcome system = await Outcome.OfSystemAsync(name, family);
                Outcome ours = await Outcome.OfResolverAsync(resolver, name, family);
                if (system != ours)
                {
                    differences.Add(new Difference(configuration, name, family, system, ours));
                }
                else if (system.Kind == Outcome.Found)
                {
                    found++;
                }
            }
        }

        return new Comparison(configuration, names.Count, names.Count * s_families.Length, found, differences);
    }
}
