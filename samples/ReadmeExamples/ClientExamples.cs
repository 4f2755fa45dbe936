using System.Net.Sockets;
using StubResolver;

namespace ReadmeExamples;

/// <summary>The blocks of README.md about clients, compiled; a test compares them.</summary>
public static class ClientExamples
{
    public static async Task FetchAsync()
    {
        #region HttpClient
        await using DnsResolver resolver = new(); // the system's servers; create one and share it
        using HttpClient client = new(new SocketsHttpHandler().UseDnsResolver(resolver));
        try
        {
            Console.WriteLine(await client.GetStringAsync("https://service.example/"));
        }
        catch (HttpRequestException e) when (e.InnerException is DnsException dns)
        {
            Console.WriteLine(dns); // a report: each query, its server, its result, its milliseconds
        }
        #endregion
    }

    public static HttpClient Follow(DnsResolver resolver)
    {
        #region Following
        HttpClient following = new(new DnsFollowingHandler(resolver));
        #endregion

        return following;
    }

    public static void WatchPool(DnsResolver resolver, IConnectionPool pool)
    {
        #region Watching
        using IDisposable watch = resolver.Watch("db.example", AddressFamily.Unspecified, answer => pool.ConnectTo(answer.GetAddresses()));
        #endregion
    }

    public static void KeepFresh(DnsResolver resolver)
    {
        #region KeepingFresh
        using IDisposable fresh = resolver.KeepFresh("search.example", AddressFamily.Unspecified, answer => { }, failure => Console.WriteLine(failure.Message));
        #endregion
    }

    public static async Task<int> AskAsync(DnsResolver resolver)
    {
        #region Others
        using Socket socket = await new DnsConnector(resolver).ConnectAsync("mail.example", 25);
        DnsAnswer<DnsSrvRecord> services = await resolver.ResolveSrvAsync("_imaps._tcp.example");
        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("example", DnsRecordType.Caa);
        #endregion

        return services.Records.Count + answer.Records.Count;
    }
}
