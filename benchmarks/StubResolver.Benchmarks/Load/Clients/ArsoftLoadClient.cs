using System.Net;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;
using ArsoftClient = ARSoft.Tools.Net.Dns.DnsClient;

namespace StubResolver.Benchmarks.Load.Clients;

/// <summary>ARSoft.Tools.Net: AAAA, then A; its client has no cache.</summary>
internal sealed class ArsoftLoadClient(IPEndPoint server) : LoadClient
{
    private readonly ArsoftClient _client =
        new([server.Address], [new UdpClientTransport(server.Port), new TcpClientTransport(server.Port)], disposeTransport: true, queryTimeout: 5_000);

    public override async Task WorkAsync(LoadRun run)
    {
        while (run.TryTake(out LoadItem item))
        {
            DomainName name = DomainName.Parse(item.Name);
            DnsMessage? aaaa = await _client.ResolveAsync(name, RecordType.Aaaa);
            DnsMessage? a = await _client.ResolveAsync(name, RecordType.A);
            if (aaaa is null || a is null)
            {
                run.Fail(item, "NoAnswer");
            }
            else
            {
                run.Succeed(item, aaaa.AnswerRecords.Count + a.AnswerRecords.Count);
            }
        }
    }

    public override void Dispose() => ((IDisposable)_client).Dispose();
}
