using System.Text;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public sealed class ConfigurationTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(10_000)]
    public void Decode_AnyLength_IsUtf8(int length)
    {
        byte[] ascii = [.. Enumerable.Range(0, length).Select(i => (byte)(i % 0x80))];
        byte[] notAscii = Encoding.UTF8.GetBytes(new string('a', length) + "\u00fc");

        ConfigurationText.Decode(ascii).Should().Be(Encoding.ASCII.GetString(ascii));
        ConfigurationText.Decode(notAscii).Should().Be(new string('a', length) + "\u00fc");
        ConfigurationText.Decode([.. Encoding.UTF8.Preamble, .. ascii]).Should().Be(Encoding.ASCII.GetString(ascii));
        ConfigurationText.Decode([.. ascii, 0xFF]).Should().Be(Encoding.ASCII.GetString(ascii) + "\ufffd");
    }
}
