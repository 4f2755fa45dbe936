namespace StubResolver.Fuzz;

/// <summary>Something that takes octets from outside.</summary>
internal abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>Makes an input.</summary>
    public abstract byte[] Next(Random random);

    /// <summary>Takes an input; returns what is wrong with the outcome, or null. An exception is wrong, too.</summary>
    public abstract string? Check(byte[] input);
}
