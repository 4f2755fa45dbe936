using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using StubResolver.Diagnostics;
using StubResolver.Tests.Architecture;
using StubResolver.Tests.Diagnostics;

namespace StubResolver.Tests.Documentation;

public class ReadmeTests
{
    private static readonly MarkdownFile s_readme = MarkdownFile.Read("README.md");

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/StubResolver/PACKAGE.md")]
    [InlineData("src/StubResolver.Extensions/PACKAGE.md")]
    [InlineData("src/StubResolver.Testing/PACKAGE.md")]
    public void CodeBlocks_OfAReadme_AreCompiledSomewhere(string path)
    {
        ExampleFile[] examples = [.. SourceTree.Paths("samples/ReadmeExamples", "*.cs").Select(ExampleFile.Read)];

        IEnumerable<string> blocks = MarkdownFile.Read(path).CodeBlocks("csharp");

        blocks.Should().NotBeEmpty().And.OnlyContain(block => examples.Any(example => example.Holds(block)), "what is not compiled rots");
    }

    [Fact]
    public void CompiledExamples_OfTheReadme_AreInIt()
    {
        IEnumerable<string> blocks = s_readme.CodeBlocks("csharp").Select(ExampleFile.WithoutUsings);

        IEnumerable<string> regions = SourceTree.Paths("samples/ReadmeExamples", "*.cs").SelectMany(path => ExampleFile.Read(path).Regions);

        regions.Should().NotBeEmpty().And.BeSubsetOf(blocks);
    }

    [Theory]
    [InlineData(typeof(DnsResolverOptions), "")]
    [InlineData(typeof(DnsCacheOptions), "Cache.")]
    public void Options_OfTheResolver_AreInTheTable(Type options, string prefix)
    {
        IEnumerable<string> names = options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => property.Name)
            .Where(name => name != nameof(DnsResolverOptions.Cache))
            .Select(name => $"`{prefix}{name}`");

        IEnumerable<string> missing = names.Where(name => !s_readme.Tables.Any(row => row.Contains(name, StringComparison.Ordinal)));

        missing.Should().BeEmpty();
    }

    [Fact]
    public void Instruments_OfTheMeter_AreInTheTable()
    {
        using TestMeterFactory meters = new();
        using DnsResolver resolver = new(new DnsResolverOptions { MeterFactory = meters });
        List<string> names = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                names.Add($"`{instrument.Name}`");
            }
        };

        listener.Start();

        names.Should().NotBeEmpty();
        names.Distinct().Where(name => !s_readme.Tables.Any(row => row.Contains(name, StringComparison.Ordinal))).Should().BeEmpty();
    }

    [Fact]
    public void Tags_OfTheMeter_AreInTheRowsOfTheirInstruments()
    {
        IEnumerable<string> missing = MeasuredTags.Read().SelectMany(entry => entry.Value.Where(tag => !RowOf(entry.Key).Contains($"`{tag}`", StringComparison.Ordinal)));

        missing.Should().BeEmpty();
    }

    [Fact]
    public void TagValues_OfTheMeter_AreInTheRowsOfTheirInstruments()
    {
        RowOf("stubresolver.cache.requests").Should().ContainAll(Enum.GetValues<CacheUse>().Select(MetricTags.ToTag));
        RowOf("stubresolver.datagrams.rejected").Should().ContainAll(Enum.GetValues<DatagramRejection>().Select(MetricTags.ToTag));
    }

    [Fact]
    public void Activity_OfALookup_IsDescribedWithItsNameAndTags()
    {
        Activity activity = ObservedActivity.Create();

        s_readme.Text.Should().ContainAll([$"`{activity.OperationName}`", .. activity.TagObjects.Select(tag => $"`{tag.Key}`")]);
    }

    [Fact]
    public void Links_OfTheReadme_LeadToFiles() =>
        s_readme.Links.Where(link => !File.Exists(SourceTree.FullPath(link))).Should().BeEmpty();

    [Fact]
    public void Rfcs_NamedInTheLibrary_AreInTheLedger()
    {
        HashSet<string> ledger = [.. MarkdownFile.Read("src/StubResolver/RFCs.md").Tables.SelectMany(MarkdownFile.NumbersOfFirstCell)];

        IEnumerable<string> missing = SourceTree.Files("StubResolver").SelectMany(file => file.Lines).SelectMany(MarkdownFile.RfcNumbers).Distinct()
            .Where(number => !ledger.Contains(number));

        missing.Order().Should().BeEmpty("each RFC that is followed has its line in the ledger");
    }

    private static string RowOf(string instrument) => s_readme.Tables.Single(row => row.Contains($"`{instrument}`", StringComparison.Ordinal));
}
