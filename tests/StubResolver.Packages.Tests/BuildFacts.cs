using System.Reflection;

namespace StubResolver.Packages.Tests;

/// <summary>What the build of the tests tells them, in attributes of their assembly.</summary>
internal static class BuildFacts
{
    public static string Configuration => Read(nameof(Configuration));

    public static string RestoredPackages => Read(nameof(RestoredPackages));

    public static string LowestExtensionsVersion => Read(nameof(LowestExtensionsVersion));

    private static string Read(string key) =>
        typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
