using System.Net;
using DnsClient;

namespace StubResolver.Benchmarks.Load.Clients;

/// <summary>DnsClient: AAAA, then A, without its cache.</summary>
internal sealed class DnsClientClient(IPEndPoint server) : LoadClient
{
    private readonly LookupClient _client = new(new LookupClientOptions(server) { UseCache = false });

    public override async Task WorkAsync(LoadRun run)
    {
        while (run.TryTake(out LoadItem item))
        {
            try
            {
                IDnsQueryResponse aaaa = await _client.QueryAsync(item.Name, QueryType.AAAA);
                IDnsQueryResponse a = await _client.QueryAsync(item.Name, QueryType.A);
                if (aaaa.HasError || a.HasError)
                {
                    run.Fail(item, aaaa.HasError ? aaaa.ErrorMessage : a.ErrorMessage);
                }
                else
                {
                    run.Succeed(item, aaaa.Answers.Count + a.Answers.Count);
                }
            }
            catch (DnsResponseException e)
            {
                run.Fail(item, e.Code.ToString());
            }
        }
    }

    public override void Dispose()
    {
        // Nothing is held.
    }
}
