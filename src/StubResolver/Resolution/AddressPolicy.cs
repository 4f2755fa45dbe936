namespace StubResolver.Resolution;

/// <summary>One row of the policy table: a prefix, how much its addresses are preferred, and which sources go with them.</summary>
internal sealed class AddressPolicy(UInt128 prefix, int prefixLength, int precedence, int label)
{
    private readonly int _hostBits = 128 - prefixLength;

    public readonly int Precedence = precedence;

    public readonly int Label = label;

    public bool Contains(UInt128 address) => _hostBits == 128 || address >> _hostBits == prefix >> _hostBits; // a shift by 128 is none
}
