using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.Tests.Configuration;

/// <summary>Options read from JSON by <c>AddDnsResolver(IConfiguration)</c>.</summary>
internal static class Settings
{
    /// <summary>Reads the section "Dns" of a JSON object.</summary>
    public static DnsResolverOptions Read(string json) => Read(Json(json).GetSection("Dns"));

    public static DnsResolverOptions Read(IConfiguration configuration)
    {
        ServiceCollection services = new();
        services.AddDnsResolver(configuration);
        using ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        return provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value;
    }

    /// <summary>Returns the mistakes in the configuration.</summary>
    public static IEnumerable<string> Failures(IConfiguration configuration)
    {
        Action act = () => Read(configuration);
        return act.Should().Throw<OptionsValidationException>().Which.Failures;
    }

    public static IConfigurationRoot Json(params string[] sources)
    {
        ConfigurationBuilder builder = new();
        foreach (string source in sources)
        {
            builder.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(source)));
        }

        return builder.Build();
    }
}
