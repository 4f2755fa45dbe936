using System.Net;

namespace StubResolver;

/// <summary>Reads answers.</summary>
public static class DnsAnswerExtensions
{
    /// <summary>Returns the addresses of an answer, in its order, as <see cref="Dns.GetHostAddresses(string)"/> does.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>A new array.</returns>
    public static IPAddress[] GetAddresses(this DnsAnswer<DnsAddressRecord> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return [.. answer.Records.Select(record => record.Address)];
    }
}
