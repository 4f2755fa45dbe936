namespace StubResolver.Fuzz;

/// <summary>One input for one target.</summary>
internal static class FuzzRound
{
    /// <summary>Returns what was found with the input of this seed, or null.</summary>
    public static string? Run(FuzzTarget target, int seed)
    {
        byte[] input = target.Next(new Random(seed));
        try
        {
            return target.Check(input) is { } trouble ? $"{trouble}\n{Convert.ToHexString(input)}" : null;
        }
        catch (Exception e)
        {
            return $"{e}\n{Convert.ToHexString(input)}";
        }
    }
}
