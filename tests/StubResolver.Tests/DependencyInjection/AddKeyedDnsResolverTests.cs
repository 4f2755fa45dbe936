using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StubResolver.DependencyInjection;
using StubResolver.Testing;

namespace StubResolver.Tests.DependencyInjection;

public class AddKeyedDnsResolverTests
{
    private static readonly ServiceProviderOptions s_strict = new() { ValidateOnBuild = true, ValidateScopes = true };

    [Fact]
    public async Task AddKeyedDnsResolver_SeveralKeys_AreOneInstanceEachUnderBothTypes()
    {
        ServiceCollection services = new();
        services.AddDnsResolver().AddKeyedDnsResolver("a").AddKeyedDnsResolver("b").AddKeyedDnsResolver("a");
        await using ServiceProvider provider = services.BuildServiceProvider(s_strict);

        IDnsResolver[] resolvers =
        [
            provider.GetRequiredService<IDnsResolver>(),
            provider.GetRequiredKeyedService<IDnsResolver>("a"),
            provider.GetRequiredKeyedService<IDnsResolver>("b"),
        ];

        resolvers.Should().OnlyHaveUniqueItems();
        resolvers[1].Should().BeSameAs(provider.GetRequiredKeyedService<DnsResolver>("a"));
        provider.GetKeyedServices<IDnsResolver>("a").Should().ContainSingle();
    }

    [Fact]
    public async Task AddKeyedDnsResolver_NullKey_IsTheResolverWithoutAKey()
    {
        ServiceCollection services = new();
        services.AddKeyedDnsResolver(null, options => options.Attempts = 2).AddKeyedDnsResolver(null).AddDnsResolver();
        await using ServiceProvider provider = services.BuildServiceProvider(s_strict);

        provider.GetServices<IDnsResolver>().Should().ContainSingle().Which.Should().BeSameAs(provider.GetRequiredKeyedService<DnsResolver>(null));
        provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value.Attempts.Should().Be(2);
    }

    [Fact]
    public async Task AddKeyedDnsResolver_AnyKey_MakesOneForEveryKey()
    {
        await using ServiceProvider provider = new ServiceCollection().AddKeyedDnsResolver(KeyedService.AnyKey).BuildServiceProvider(s_strict);

        IDnsResolver first = provider.GetRequiredKeyedService<IDnsResolver>("a");
        IDnsResolver second = provider.GetRequiredKeyedService<IDnsResolver>(7);

        first.Should().NotBeSameAs(second).And.BeSameAs(provider.GetRequiredKeyedService<DnsResolver>("a"));
    }

    [Fact]
    public async Task AddKeyedDnsResolver_FakeWithTheKey_FakeWins()
    {
        FakeDnsResolver fake = new();
        ServiceCollection services = new();
        services.AddKeyedSingleton<IDnsResolver>("a", fake).AddKeyedDnsResolver("a");

        await using ServiceProvider provider = services.BuildServiceProvider(s_strict);

        provider.GetRequiredKeyedService<IDnsResolver>("a").Should().BeSameAs(fake);
    }

    [Fact]
    public void Options_OfAStringKey_HaveTheNameOfTheKey()
    {
        ServiceCollection services = new();
        services.AddKeyedDnsResolver("internal", options => options.Attempts = 2).AddKeyedDnsResolver("internal", options => options.Ndots = 3);
        services.Configure<DnsResolverOptions>("internal", options => options.MaxConcurrentQueries = 4);
        using ServiceProvider provider = services.BuildServiceProvider();

        DnsResolverOptions options = provider.GetRequiredService<IOptionsMonitor<DnsResolverOptions>>().Get("internal");

        (options.Attempts, options.Ndots, options.MaxConcurrentQueries).Should().Be((2, 3, 4));
        provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value.Attempts.Should().BeNull("the resolver without a key has options of its own");
    }

    [Theory]
    [InlineData(1)]
    [InlineData("")]
    [InlineData(DayOfWeek.Monday)]
    public void FirstUse_MistakesOfOneKey_AreThatKeysAlone(object serviceKey)
    {
        ServiceCollection services = new();
        services.AddDnsResolver().AddKeyedDnsResolver(serviceKey, options => options.Attempts = 99);
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.Invoking(p => p.GetRequiredKeyedService<IDnsResolver>(serviceKey)).Should().Throw<OptionsValidationException>();
        provider.Invoking(p => p.GetRequiredService<IOptions<DnsResolverOptions>>().Value).Should().NotThrow();
    }

    [Fact]
    public void GetName_KeysThatLookAlike_GetNamesOfTheirOwn()
    {
        OptionsNames names = new();
        object first = new();
        object[] keys = [1, "1", 1L, "", "StubResolver:0:1", DayOfWeek.Monday, "Monday", first, new(), KeyedService.AnyKey, typeof(string)];

        string[] found = [.. keys.Select(names.GetName)];

        found.Should().OnlyHaveUniqueItems().And.NotContain("");
        keys.Select(names.GetName).Should().Equal(found, "a key keeps its name");
    }

    [Theory]
    [InlineData("internal")]
    [InlineData("1")]
    [InlineData(" ")]
    public void GetName_StringKey_IsTheKey(string serviceKey) => new OptionsNames().GetName(serviceKey).Should().Be(serviceKey);
}
