using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

/// <summary>This process maps names with ICU where the system has it; the one it starts never does.</summary>
public sealed class InternationalNameTests
{
    /// <summary>Examples of RFC 3492 §7.1, RFC 3490 §3.1 and RFC 5891.</summary>
    public static TheoryData<string, string> Names { get; } = new()
    {
        { "b\u00FCcher.example", "xn--bcher-kva.example" },
        { "B\u00DCCHER.example", "xn--bcher-kva.example" },
        { "b\u00FCcher\u3002example", "xn--bcher-kva.example" },
        { "b\u00FCcher\uFF0Eexample\uFF61", "xn--bcher-kva.example" },
        { "a\u3002test", "a.test" },
        { "_srv.b\u00FCcher.example", "_srv.xn--bcher-kva.example" },
        { "\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587.test", "xn--ihqwcrb4cv8a8dqg056pqjye.test" },
        { "\u05DC\u05DE\u05D4\u05D4\u05DD\u05E4\u05E9\u05D5\u05D8\u05DC\u05D0\u05DE\u05D3\u05D1\u05E8\u05D9\u05DD\u05E2\u05D1\u05E8\u05D9\u05EA.test", "xn--4dbcagdahymbxekheh6e0a7fei0b.test" },
        { "pro\u010Dprost\u011Bnemluv\u00ED\u010Desky.test", "xn--proprostnemluvesky-uyb24dma41a.test" },
        { "\u306A\u305C\u307F\u3093\u306A\u65E5\u672C\u8A9E\u3092\u8A71\u3057\u3066\u304F\u308C\u306A\u3044\u306E\u304B.test", "xn--n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa.test" },
        { "xn--bcher-kva.example", "xn--bcher-kva.example" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Normalize_InternationalName_IsInAscii(string typed, string expected) => QueryName.Normalize(typed).Should().Be(expected);

    [Fact]
    public async Task Normalize_InternationalNamesWithoutIcu_AreTheSameInAscii()
    {
        string[] typed = [.. Names.Select(row => (string)row[0])];

        string[] lines = await RunWithoutIcuAsync("normalize", typed);

        lines.Should().Equal(["invariant", .. Names.Select(row => (string)row[1])]);
    }

    [Theory]
    [InlineData("xn--bcher-kva.example", "b\u00FCcher.example")]
    [InlineData("XN--BCHER-KVA.example", "b\u00FCcher.example")]
    [InlineData("_srv.xn--bcher-kva.example", "_srv.b\u00FCcher.example")]
    [InlineData("bucher.example", null)]
    [InlineData("xn--.example", null)]
    [InlineData("xn--a.example", null)]
    [InlineData("xn--zzzzzzzzzzzzzz.example", null)]
    public void GetUnicode_Name_IsItsOtherForm(string ascii, string? expected) =>
        InternationalName.GetUnicode(ascii)?.ToLowerInvariant().Should().Be(expected);

    [Fact]
    public async Task GetUnicode_WithoutIcu_IsTheSame()
    {
        string[] lines = await RunWithoutIcuAsync("unicode", ["xn--bcher-kva.example", "XN--BCHER-KVA.example", "bucher.example", "xn--.example"]);

        lines.Should().Equal("invariant", "b\u00FCcher.example", "b\u00FCcher.example", "-", "-");
    }

    private static Task<string[]> RunWithoutIcuAsync(string verb, string[] names) =>
        ProcessOfItsOwn.RunAsync("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1", [verb, .. names]);
}
