using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace StubResolver.Tests.DependencyInjection;

public class DnsResolverOptionsValidationTests
{
    [Fact]
    public void FirstUse_SeveralMistakes_AreOneExceptionThatListsAll()
    {
        ServiceCollection services = new();
        services.AddDnsResolver(MakeMistakes);
        using ServiceProvider provider = services.BuildServiceProvider();

        Action act = () => provider.GetRequiredService<IDnsResolver>();

        act.Should().Throw<OptionsValidationException>().Which.Failures.Should().Equal(
            "DnsResolverOptions.LookupTimeout must be positive and at most 00:10:00, but is -00:00:01.",
            "DnsResolverOptions.Attempts must be from 1 to 3, but is 99.");
    }

    [Fact]
    public void Start_SeveralMistakes_AreOneExceptionThatListsAll()
    {
        ServiceCollection services = new();
        services.AddDnsResolver().AddDnsResolver(MakeMistakes);
        using ServiceProvider provider = services.BuildServiceProvider();

        Action act = () => provider.GetRequiredService<IStartupValidator>().Validate();

        act.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(2);
    }

    [Fact]
    public void Start_MistakesOfAKeyedResolver_SayWhichOneItIs()
    {
        ServiceCollection services = new();
        services.AddDnsResolver().AddKeyedDnsResolver("internal", MakeMistakes);
        using ServiceProvider provider = services.BuildServiceProvider();

        Action act = () => provider.GetRequiredService<IStartupValidator>().Validate();

        OptionsValidationException exception = act.Should().Throw<OptionsValidationException>().Which;
        exception.Failures.Should().HaveCount(2).And.OnlyContain(failure => failure.StartsWith("DnsResolverOptions of 'internal': "));
    }

    [Fact]
    public void Options_LeftOpen_TakeWhatTheContainerHas()
    {
        FakeTimeProvider time = new();
        using NullLoggerFactory logs = new();
        using TestMeterFactory meters = new();
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(time).AddSingleton<ILoggerFactory>(logs).AddSingleton<IMeterFactory>(meters);
        services.AddDnsResolver().AddKeyedDnsResolver("key");
        using ServiceProvider provider = services.BuildServiceProvider();

        foreach (string name in (string[])["", "key"])
        {
            DnsResolverOptions options = provider.GetRequiredService<IOptionsMonitor<DnsResolverOptions>>().Get(name);

            options.TimeProvider.Should().BeSameAs(time);
            options.LoggerFactory.Should().BeSameAs(logs);
            options.MeterFactory.Should().BeSameAs(meters);
        }
    }

    [Fact]
    public void Options_Set_WinOverTheContainer()
    {
        FakeTimeProvider time = new();
        using TestMeterFactory meters = new();
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System).AddSingleton<ILoggerFactory>(new NullLoggerFactory()).AddSingleton<IMeterFactory>(new TestMeterFactory());
        services.AddDnsResolver(options =>
        {
            options.TimeProvider = time;
            options.LoggerFactory = NullLoggerFactory.Instance;
            options.MeterFactory = meters;
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        DnsResolverOptions options = provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value;

        options.TimeProvider.Should().BeSameAs(time);
        options.LoggerFactory.Should().BeSameAs(NullLoggerFactory.Instance);
        options.MeterFactory.Should().BeSameAs(meters);
    }

    [Fact]
    public void Options_ContainerHasNothing_StayOpen()
    {
        using ServiceProvider provider = new ServiceCollection().AddDnsResolver().BuildServiceProvider();

        DnsResolverOptions options = provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value;

        options.TimeProvider.Should().BeNull();
        options.LoggerFactory.Should().BeNull();
        options.MeterFactory.Should().BeNull();
    }

    private static void MakeMistakes(DnsResolverOptions options)
    {
        options.LookupTimeout = TimeSpan.FromSeconds(-1);
        options.Attempts = 99;
    }

    private sealed class TestMeterFactory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
