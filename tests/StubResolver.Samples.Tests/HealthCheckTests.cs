using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReadmeExamples;
using StubResolver.Testing;

namespace StubResolver.Samples.Tests;

/// <summary>The health check of the README.</summary>
public class HealthCheckTests
{
    [Theory]
    [InlineData(null, HealthStatus.Healthy)]
    [InlineData(DnsError.NameNotFound, HealthStatus.Healthy)]
    [InlineData(DnsError.ServerFailure, HealthStatus.Unhealthy)]
    [InlineData(DnsError.Timeout, HealthStatus.Unhealthy)]
    public async Task CheckHealthAsync_WhatServersSay_IsHealthyWhereTheyAnswer(DnsError? error, HealthStatus expected)
    {
        FakeDnsResolver resolver = new FakeDnsResolver().AddAddress("service.example", System.Net.IPAddress.Loopback);
        _ = error is null ? resolver : resolver.Fail("service.example", error.Value);
        ServiceCollection services = new();
        services.AddSingleton<IDnsResolver>(resolver).AddLogging().AddHealthChecks().AddCheck<ApplicationExamples.DnsHealthCheck>("dns");
        await using ServiceProvider provider = services.BuildServiceProvider();

        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Status.Should().Be(expected);
    }
}
