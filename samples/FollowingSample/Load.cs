using System.Diagnostics;
using System.Net;

namespace FollowingSample;

/// <summary>Sends requests of one version, one after the other, and keeps who answered when. Times are seconds after the start of the request.</summary>
internal sealed class Load(string name, HttpMessageInvoker client, Uri uri, Version version)
{
    private readonly List<(double Sent, string Answer)> _answers = [];
    private readonly List<string> _failures = [];

    public IReadOnlyList<string> Failures => _failures;

    public async Task RunAsync(Stopwatch clock, TimeSpan end)
    {
        while (clock.Elapsed < end)
        {
            double sent = clock.Elapsed.TotalSeconds;
            try
            {
                _answers.Add((sent, await ReadAsync(client, uri, version)));
            }
            catch (HttpRequestException exception)
            {
                _failures.Add($"{sent:0.000} s: {exception.Message}");
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Returns how long after the move a request was last sent that the old server answered.</summary>
    public double LastOld(TimeSpan moved) => _answers.FindLast(answer => answer.Answer == "old").Sent - moved.TotalSeconds;

    public string Describe(TimeSpan moved) => FormattableString.Invariant(
        $"{name,-22} {_answers.Count,6} requests, {_failures.Count} failed; old {_answers.Count(answer => answer.Answer == "old"),6}, new {_answers.Count(answer => answer.Answer == "new"),6}; last to the old server {LastOld(moved),6:0.00} s after the record moved");

    public static async Task<string> ReadAsync(HttpMessageInvoker client, Uri uri, Version version)
    {
        using HttpRequestMessage request = Create(uri, version);
        using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private static HttpRequestMessage Create(Uri uri, Version version) =>
        new(HttpMethod.Get, uri) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
}
