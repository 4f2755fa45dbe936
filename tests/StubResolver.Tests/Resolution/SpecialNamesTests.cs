using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class SpecialNamesTests
{
    [Theory]
    [InlineData("localhost", "Localhost")]
    [InlineData("LocalHost", "Localhost")]
    [InlineData("localhost.", "Localhost")]
    [InlineData("a.b.localhost", "Localhost")]
    [InlineData("invalid", "NonExistent")]
    [InlineData("a.INVALID", "NonExistent")]
    [InlineData("x.onion", "NonExistent")]
    [InlineData("onion.", "NonExistent")]
    [InlineData("a.b.alt", "NonExistent")]
    [InlineData("db.local", "None")]
    [InlineData("localhost.test", "None")]
    [InlineData("mylocalhost", "None")]
    [InlineData(@"my\.localhost", "None")]
    [InlineData(@"a\\.localhost", "Localhost")]
    [InlineData("invalid.example", "None")]
    [InlineData("test", "None")]
    [InlineData(".", "None")]
    public void Classify_LastLabel_Decides(string name, string expected) => SpecialNames.Classify(name).ToString().Should().Be(expected);
}
