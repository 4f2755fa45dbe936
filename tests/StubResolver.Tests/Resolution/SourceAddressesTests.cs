using System.Net;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class SourceAddressesTests
{
    private static readonly IPAddress s_destination = IPAddress.Parse("192.0.2.1");

    private readonly FakeTimeProvider _time = new();
    private readonly List<IPAddress> _probed = [];

    [Theory]
    [InlineData("198.51.100.1")]
    [InlineData(null)]
    public void Find_AgainWithin5S_IsRemembered(string? source)
    {
        SourceAddresses sources = Create(source);

        IPAddress? first = sources.Find(s_destination);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        IPAddress? second = sources.Find(IPAddress.Parse("192.0.2.1"));

        (first?.ToString(), second?.ToString()).Should().Be((source, source));
        _probed.Should().Equal(s_destination);
    }

    [Fact]
    public void Find_After5S_ProbesAgain()
    {
        SourceAddresses sources = Create(null);

        sources.Find(s_destination);
        _time.Advance(TimeSpan.FromSeconds(5));
        sources.Find(s_destination);

        _probed.Should().HaveCount(2, "a route may have come or gone");
    }

    [Fact]
    public void Find_VeryManyDestinations_KeepsABoundedNumber()
    {
        SourceAddresses sources = Create(null);

        for (int i = 0; i <= 1000; i++)
        {
            sources.Find(new IPAddress(i));
        }

        sources.Find(new IPAddress(0));
        _probed.Should().HaveCount(1002, "what came first was forgotten for what came last");
    }

    [Fact]
    public void Find_Loopback_IsItsOwnSource() => new SourceAddresses(_time).Find(IPAddress.Loopback).Should().Be(IPAddress.Loopback);

    [Fact]
    public void Find_NoRoute_IsNone() => new SourceAddresses(_time).Find(IPAddress.Broadcast).Should().BeNull("nobody may send there");

    private SourceAddresses Create(string? source) => new(_time, destination =>
    {
        _probed.Add(destination);
        return source is null ? null : IPAddress.Parse(source);
    });
}
