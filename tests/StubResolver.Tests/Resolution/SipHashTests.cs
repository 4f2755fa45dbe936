using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class SipHashTests
{
    // The test vectors of the authors' reference implementation: key 00..0F, messages 00, 01, ... of these lengths.
    [Theory]
    [InlineData(0, 0x726FDB47DD0E0E31)]
    [InlineData(1, 0x74F839C593DC67FD)]
    [InlineData(8, 0x93F5F5799A932462)]
    [InlineData(15, 0xA129CA6149BE45E5)]
    public void Compute_ReferenceVector_IsThatHash(int length, ulong expected)
    {
        byte[] key = [.. Enumerable.Range(0, SipHash.KeyLength).Select(value => (byte)value)];
        byte[] message = [.. Enumerable.Range(0, length).Select(value => (byte)value)];

        SipHash.Compute(key, message).Should().Be(expected);
    }

    [Fact]
    public void Compute_OtherKey_OtherHash()
    {
        byte[] key = new byte[SipHash.KeyLength];
        ulong hash = SipHash.Compute(key, [1, 2, 3]);

        key[9] = 1;

        SipHash.Compute(key, [1, 2, 3]).Should().NotBe(hash);
    }
}
