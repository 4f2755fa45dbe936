using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace StubResolver.Extensions.Tests.Configuration;

/// <summary>What the log tells of the configuration section.</summary>
public sealed class SectionReportTests : IDisposable
{
    private readonly ListLogger _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public void Resolver_SectionThatDoesNotExist_IsAWarning()
    {
        Start("Dsn");

        _logs.Warned.IsCompleted.Should().BeTrue();
        _logs.Messages.Should().Contain("4101: The configuration section 'Dsn' does not exist; the settings of DNS resolution keep their values.");
    }

    [Fact]
    public void Resolver_SectionThatExists_IsToldAtTheStart()
    {
        Start("Net:Dns");

        _logs.Warned.IsCompleted.Should().BeFalse();
        _logs.Messages.Should().ContainSingle().Which.Should().Contain("192.0.2.53:53 (the options)").And.EndWith("configuration section: Net:Dns.");
    }

    private void Start(string section)
    {
        ConfigurationBuilder builder = new();
        builder.AddInMemoryCollection(new Dictionary<string, string?> { ["Net:Dns:Servers:0"] = "192.0.2.53" });
        ServiceCollection services = new();
        services.AddLogging(logging => logging.AddProvider(_logs));
        services.AddDnsResolver(options => options.Servers = [System.Net.IPAddress.Parse("192.0.2.1")]);
        services.AddDnsResolver(builder.Build().GetSection(section));
        using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<DnsResolver>();
    }
}
