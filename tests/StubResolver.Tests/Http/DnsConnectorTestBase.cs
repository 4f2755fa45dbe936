using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace StubResolver.Tests.Http;

/// <summary>A connector without network and clock: lookups, attempts and time are the test's.</summary>
public abstract class DnsConnectorTestBase
{
    private protected const string First = "2001:db8::1";
    private protected const string Second = "192.0.2.1";
    private protected const string Third = "2001:db8::2";

    private protected DnsConnectorTestBase() => Resolver.Add("one.test", Second).Add("host.test", First, Second).Add("three.test", First, Third, Second);

    private protected FakeTimeProvider Time { get; } = new();

    private protected ObservedResolver Resolver { get; } = new();

    private protected ScriptedDialer Dialer { get; } = new();

    private protected DnsConnectorOptions Options { get; } = new();

    private protected Task<Socket> ConnectAsync(string host, CancellationToken cancellationToken = default) =>
        CreateConnector().ConnectAsync(host, 443, cancellationToken).AsTask();

    private protected DnsConnector CreateConnector()
    {
        Options.TimeProvider = Time;
        return new DnsConnector(Resolver, Options, Dialer.ConnectAsync);
    }

    private protected static async Task<TException> ShouldFailAsync<TException>(Task<Socket> connect)
        where TException : Exception => (await connect.Awaiting(task => task).Should().ThrowAsync<TException>()).Which;

    private protected static IPAddress Address(string text) => IPAddress.Parse(text);
}
