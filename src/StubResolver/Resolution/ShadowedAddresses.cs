using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>Answers with the system's result, and has ours compared with it.</summary>
internal sealed class ShadowedAddresses(SystemAddresses system, ShadowQueue shadows, TimeProvider time)
{
    public async ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAsync(string name, AddressFamily family, CancellationToken cancellationToken)
    {
        long startedAt = time.GetTimestamp();
        try
        {
            DnsAnswer<DnsAddressRecord> answer = await system.ResolveAsync(name, family, cancellationToken).ConfigureAwait(false);
            shadows.Add(name, family, new ShadowResult(null, [.. answer.Records.Select(record => record.Address)], time.GetElapsedTime(startedAt)));
            return answer;
        }
        catch (DnsException e)
        {
            shadows.Add(name, family, new ShadowResult(e.DnsError, [], time.GetElapsedTime(startedAt)));
            throw;
        }
    }
}
