using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class EntropyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("/dev/urandom")]
    [InlineData("/nowhere/urandom")]
    [InlineData("/dev/null")]
    [InlineData("/")]
    public void Fill_AnyFile_EveryPartIsRandom(string? file)
    {
        byte[] octets = new byte[1024];

        Entropy.Fill(octets, file is null ? null : Entropy.TryOpen(file));

        octets.Chunk(16).Select(Convert.ToHexString).Should().OnlyHaveUniqueItems().And.NotContain(new string('0', 32));
    }

    [Fact]
    public void Fill_Twice_Differs()
    {
        byte[] first = new byte[32];
        byte[] second = new byte[32];

        Entropy.Fill(first);
        Entropy.Fill(second);

        first.Should().NotEqual(second);
    }
}
