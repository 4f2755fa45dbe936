using System.Net;
using System.Net.Sockets;

namespace StubResolver.GlibcComparison;

/// <summary>How a lookup ended, as far as a caller is concerned.</summary>
/// <param name="Kind">Found, not found, failure, or no name at all.</param>
/// <param name="Addresses">What was found: a sorted set, as text.</param>
internal sealed record Outcome(string Kind, string Addresses = "")
{
    public const string Found = "found";
    public const string NotFound = "not found";
    public const string Failure = "failure";
    public const string BadName = "bad name";

    /// <summary>Looks a name up with System.Net.Dns, which asks getaddrinfo.</summary>
    public static Task<Outcome> OfSystemAsync(string name, AddressFamily family) =>
        OfAsync(() => Dns.GetHostAddressesAsync(name, family));

    /// <summary>Looks a name up with StubResolver.</summary>
    public static Task<Outcome> OfResolverAsync(DnsResolver resolver, string name, AddressFamily family) => OfAsync(async () =>
    {
        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(name, family);
        return [.. answer.Records.Select(record => record.Address)];
    });

    /// <summary>What it would be if nobody had asked for IPv6 addresses.</summary>
    public Outcome WithoutIPv6()
    {
        string addresses = string.Join(' ', Addresses.Split(' ').Where(address => !address.Contains(':', StringComparison.Ordinal)));
        return addresses.Length == 0 ? new Outcome(NotFound) : new Outcome(Found, addresses);
    }

    public override string ToString() => Kind == Found ? Addresses : Kind;

    private static async Task<Outcome> OfAsync(Func<Task<IPAddress[]>> lookUp)
    {
        try
        {
            IPAddress[] addresses = await lookUp();
            return addresses.Length == 0
                ? new Outcome(NotFound)
                : new Outcome(Found, string.Join(' ', addresses.Select(address => address.ToString()).Distinct().Order(StringComparer.Ordinal)));
        }
        catch (SocketException e)
        {
            return new Outcome(e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData ? NotFound : Failure);
        }
        catch (ArgumentException)
        {
            return new Outcome(BadName);
        }
    }
}
