namespace StubResolver.Fuzz.Resolver;

/// <summary>Chance that is the same for the same thing, in whatever order things happen.</summary>
internal static class Draw
{
    private const uint OffsetBasis = 2_166_136_261;
    private const uint Prime = 16_777_619;

    /// <summary>Returns a generator for something that has a name and, of its name, a number.</summary>
    public static Random For(int seed, string name, int number = 0)
    {
        uint hash = OffsetBasis; // FNV-1a: string.GetHashCode differs in each process
        foreach (char c in name)
        {
            hash = (hash ^ c) * Prime;
        }

        hash = (hash ^ (uint)seed) * Prime;
        return new Random(Mix((hash ^ (uint)number) * Prime));
    }

    /// <summary>Returns a length up to the longest: mostly a short one, and each length sometimes.</summary>
    public static int Length(Random random, int longest) => Math.Clamp(
        random.Next(8) switch
        {
            0 => random.Next(longest + 1),
            1 => longest - random.Next(3),
            2 => 4094 + random.Next(6), // about where a datagram no longer fits the buffer
            3 => random.Next(13),
            _ => random.Next(1500),
        },
        min: 0,
        max: longest);

    public static byte[] Octets(Random random, int length)
    {
        byte[] octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }

    /// <summary>Returns one of some things.</summary>
    public static T Of<T>(Random random, params ReadOnlySpan<T> things) => things[random.Next(things.Length)];

    // Neighbours must not draw alike (the last step of MurmurHash3).
    private static int Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EB_CA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2_AE35;
        return (int)(hash ^ (hash >> 16));
    }
}
