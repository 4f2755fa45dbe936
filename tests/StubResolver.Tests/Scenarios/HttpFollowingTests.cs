using System.Net;
using StubResolver.Testing;
using StubResolver.Tests.Http;

namespace StubResolver.Tests.Scenarios;

/// <summary>A record moves while requests of all kinds run through a handler that follows DNS: no fake but the clock.</summary>
public sealed class HttpFollowingTests : ScenarioTestBase
{
    private const string Name = "service.test";

    private static readonly Version[] s_versions = [HttpVersion.Version11, HttpVersion.Version20];

    private readonly TaskCompletionSource _stop = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpTestServer _old = null!;
    private HttpTestServer _new = null!;
    private DnsTestServer _dns = null!;

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public async Task SendAsync_RecordMovesUnderLoad_AllSucceedAndWithinTtlAnd1SAllGoToTheNewServer(int ttlSeconds)
    {
        TimeSpan ttl = TimeSpan.FromSeconds(ttlSeconds);
        using HttpMessageInvoker client = await StartAsync(ttl);
        string[] before = await ReadAllAsync(client);
        Task<int>[] loads = StartLoads(client);

        await SettleAsync();
        Move(ttl);
        Time.Advance(ttl + TimeSpan.FromSeconds(1));
        await ReachNewAsync(client); // the clock stands: what happens now would have happened by then
        List<string> after = [];
        for (int i = 0; i < 20; i++)
        {
            after.AddRange(await ReadAllAsync(client));
        }

        _stop.SetResult();
        int[] counts = await Task.WhenAll(loads).WaitAsync(Guard);

        before.Should().OnlyContain(answer => answer == "old");
        after.Should().OnlyContain(answer => answer == "new");
        counts.Should().OnlyContain(count => count > 0, "each request of each kind succeeded");
    }

    [Fact]
    public async Task SendAsync_RecordMovesDuringUploads_TheyEndAtTheOldServer()
    {
        TimeSpan ttl = TimeSpan.FromSeconds(5);
        using HttpMessageInvoker client = await StartAsync(ttl);
        HeldContent[] bodies = [new(_gate.Task), new(_gate.Task)];
        Task<string>[] uploads = [UploadAsync(client, s_versions[0], bodies[0]), UploadAsync(client, s_versions[1], bodies[1])];
        await Task.WhenAll(bodies.Select(body => body.Begun)).WaitAsync(Guard);

        await MoveAndReachNewAsync(client, ttl);
        bool wereHeld = !uploads.Any(upload => upload.IsCompleted);
        _gate.SetResult();
        string[] answers = await Task.WhenAll(uploads).WaitAsync(Guard);

        wereHeld.Should().BeTrue();
        answers.Should().OnlyContain(answer => answer == $"old {HeldContent.Length}", "a body under way is not cut");
        (await ReadAllAsync(client)).Should().OnlyContain(answer => answer == "new");
    }

    [Fact]
    public async Task Send_RecordMovesWhileItWaits_EndsAtTheOldServerAndTheNextGoesToTheNewOne()
    {
        TimeSpan ttl = TimeSpan.FromSeconds(5);
        using HttpMessageInvoker client = await StartAsync(ttl);
        Task<string> waiting = Task.Run(() => Send(client, "late"));
        await _old.ReceivedAsync().WaitAsync(Guard);

        await MoveAndReachNewAsync(client, ttl);
        bool hasWaited = !waiting.IsCompleted;
        string after = await Task.Run(() => Send(client, "")).WaitAsync(Guard);
        _old.Release();

        hasWaited.Should().BeTrue();
        (await waiting.WaitAsync(Guard), after).Should().Be(("old", "new"));
    }

    private async Task<HttpMessageInvoker> StartAsync(TimeSpan ttl)
    {
        (_old, _new) = await HttpTestServer.StartTwoAsync();
        Track(_old);
        Track(_new);
        _dns = StartServer().AddAddress(Name, "127.0.0.1", ttl);
        DnsResolver resolver = CreateResolver(options => options.IPv6 = DnsIPv6Mode.Never, _dns);
        return new HttpMessageInvoker(new DnsFollowingHandler(resolver, HttpRequests.CreateHandler, new DnsConnectorOptions { TimeProvider = Time }));
    }

    private Task<int>[] StartLoads(HttpMessageInvoker client) =>
    [
        .. s_versions.Select(version => Task.Run(() => KeepAsync(() => client.ReadAsync(Uri(), version)))),
        Task.Run(() => KeepAsync(() => Task.Run(() => Send(client, "")))),
        .. s_versions.Select(version => Task.Run(() => KeepAsync(() => UploadAsync(client, version, new HeldContent(Task.CompletedTask))))),
    ];

    private async Task<int> KeepAsync(Func<Task<string>> send)
    {
        int count = 0;
        for (; !_stop.Task.IsCompleted; count++)
        {
            (await send()).Should().BeOneOf("old", "new", $"old {HeldContent.Length}", $"new {HeldContent.Length}");
        }

        return count;
    }

    private void Move(TimeSpan ttl) => _dns.Remove(Name).AddAddress(Name, "127.0.0.2", ttl);

    private async Task MoveAndReachNewAsync(HttpMessageInvoker client, TimeSpan ttl)
    {
        (await ReadAllAsync(client)).Should().OnlyContain(answer => answer == "old");
        await SettleAsync();
        Move(ttl);
        Time.Advance(ttl + TimeSpan.FromSeconds(1));
        await ReachNewAsync(client);
    }

    private async Task ReachNewAsync(HttpMessageInvoker client)
    {
        using CancellationTokenSource guard = new(Guard);
        while (await client.ReadAsync(Uri(), cancellationToken: guard.Token) != "new")
        {
            await Task.Yield();
        }
    }

    private async Task<string[]> ReadAllAsync(HttpMessageInvoker client) =>
        [.. await Task.WhenAll(s_versions.Select(version => client.ReadAsync(Uri(), version))).WaitAsync(Guard), await Task.Run(() => Send(client, "")).WaitAsync(Guard)];

    private async Task<string> UploadAsync(HttpMessageInvoker client, Version version, HeldContent body)
    {
        using HttpRequestMessage request = HttpRequests.Create(Uri("upload"), version);
        request.Method = HttpMethod.Post;
        request.Content = body;
        using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private string Send(HttpMessageInvoker client, string path)
    {
        using HttpRequestMessage request = HttpRequests.Create(Uri(path));
        using HttpResponseMessage response = client.Send(request, CancellationToken.None);
        using StreamReader reader = new(response.EnsureSuccessStatusCode().Content.ReadAsStream());
        return reader.ReadToEnd();
    }

    private string Uri(string path = "") => $"https://{Name}:{_old.HttpsPort}/{path}";
}
