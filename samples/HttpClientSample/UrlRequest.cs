using System.Diagnostics;
using System.Globalization;
using StubResolver;

namespace HttpClientSample;

/// <summary>Fetches a real URL, and prints what was resolved, by whom and how long each step took.</summary>
internal static class UrlRequest
{
    /// <summary>Returns false, with the reason on the error stream, where no response came.</summary>
    public static async Task<bool> RunAsync(Uri url, IReadOnlyList<DnsServer> servers)
    {
        await using DnsResolver resolver = new(new DnsResolverOptions { Servers = [.. servers] });
        using HttpClient client = new(new SocketsHttpHandler().UseDnsResolver(resolver), disposeHandler: true);
        try
        {
            await ResolveAsync(resolver, url);
            await FetchAsync(client, url);
            await ResolveAgainAsync(resolver, url);
            return true;
        }
        catch (DnsException e)
        {
            Console.Error.WriteLine(Report(e));
        }
        catch (HttpRequestException e)
        {
            Console.Error.WriteLine(e.InnerException is DnsException dns ? Report(dns) : $"{e.HttpRequestError}: {e.GetBaseException().Message}");
        }

        return false;
    }

    private static async Task ResolveAsync(DnsResolver resolver, Uri url)
    {
        long start = Stopwatch.GetTimestamp();
        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(url.IdnHost);
        Print("resolved", start, Source(answer));
        foreach (DnsAddressRecord record in answer.Records)
        {
            Console.WriteLine($"          {record}");
        }

        if (answer.PartialFailure is { } failure)
        {
            Console.WriteLine($"          the other family: {failure.Message}");
        }
    }

    private static async Task FetchAsync(HttpClient client, Uri url)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        Print("headers", start, $"{(int)response.StatusCode} {response.ReasonPhrase} (HTTP/{response.Version})");
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        Print("body", start, string.Create(CultureInfo.InvariantCulture, $"{body.Length:N0} bytes"));
    }

    private static async Task ResolveAgainAsync(DnsResolver resolver, Uri url)
    {
        long start = Stopwatch.GetTimestamp();
        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(url.IdnHost);
        Print("again", start, answer.ExpiresAt == DateTimeOffset.MaxValue
            ? "needs no DNS"
            : string.Create(CultureInfo.InvariantCulture, $"good for {(answer.ExpiresAt - TimeProvider.System.GetUtcNow()).TotalSeconds:0} s more"));
    }

    private static string Source(DnsAnswer<DnsAddressRecord> answer)
    {
        string name = answer.CanonicalName == answer.Name ? answer.Name : $"{answer.Name}, which is {answer.CanonicalName},";
        return answer.Server is { } server ? $"{name} by {server}" : $"{name} without a query";
    }

    private static void Print(string step, long start, string words) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{step,-9} {Stopwatch.GetElapsedTime(start).TotalMilliseconds,8:0.000} ms  {words}"));

    private static string Report(DnsException e) =>
        string.Join(Environment.NewLine, e.Attempts.Select(attempt => $"          {attempt}").Prepend($"{e.DnsError}: {e.Message}"));
}
