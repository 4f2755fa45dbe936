using System.Net;
using StubResolver.Testing;
using StubResolver.Tests.Http;

namespace StubResolver.Tests.Scenarios;

/// <summary>Lookups that fail under HttpClient: what the caller sees.</summary>
public sealed class HttpFailureTests : ScenarioTestBase
{
    private const string Name = "service.test";

    private static readonly (string Scheme, string Version)[] s_protocols = [("http", "1.1"), ("http", "2.0"), ("https", "1.1"), ("https", "2.0")];

    public static TheoryData<string, string, string, DnsError, bool> Failures
    {
        get
        {
            TheoryData<string, string, string, DnsError, bool> data = [];
            foreach ((string scheme, string version) in s_protocols)
            {
                data.Add(scheme, version, "no such name", DnsError.NameNotFound, false);
                data.Add(scheme, version, "no address", DnsError.NoData, false);
                data.Add(scheme, version, "SERVFAIL", DnsError.ServerFailure, true);
                data.Add(scheme, version, "REFUSED", DnsError.Refused, true);
                data.Add(scheme, version, "silence", DnsError.Timeout, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task SendAsync_LookupFails_IsANameResolutionErrorWithTheReasonInside(
        string scheme, string version, string what, DnsError error, bool isTransient)
    {
        DnsTestServer[] servers = [StartServer(), StartServer()];
        Array.ForEach(servers, server => server.OnAnyQuery((_, response) => Respond(response, what)));
        bool isSilent = what == "silence"; // the rest has at most short pauses between rounds
        using HttpClient client = CreateClient(isSilent ? Time : TimeProvider.System, servers);

        Task<string> request = client.ReadAsync($"{scheme}://{Name}/", new Version(version));
        Func<Task> act = () => isSilent ? AdvanceUntilEndAsync(request, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(11)) : request.WaitAsync(Guard);

        HttpRequestException exception = (await act.Should().ThrowAsync<HttpRequestException>()).Which;
        exception.HttpRequestError.Should().Be(HttpRequestError.NameResolutionError);
        DnsException inner = exception.InnerException.Should().BeOfType<DnsException>().Subject;
        (inner.DnsError, inner.Name, inner.IsTransient).Should().Be((error, Name, isTransient));
        inner.Attempts.Should().NotBeEmpty("the report tells who was asked");
    }

    [Fact]
    public async Task SendAsync_ServerAnswersAgainAfterAFailure_TheSameHandlerSucceeds()
    {
        HttpTestServer web = Track(await HttpTestServer.StartAsync("web", IPAddress.Loopback));
        bool isBroken = true;
        DnsTestServer dns = StartServer().AddAddress(Name, "127.0.0.1").On(Name, (_, response) => Respond(response, isBroken ? "REFUSED" : ""));
        using HttpClient client = CreateClient(Time, dns);
        string uri = $"http://{Name}:{web.HttpPort}/";
        Func<Task> act = () => client.ReadAsync(uri).WaitAsync(Guard);
        await act.Should().ThrowAsync<HttpRequestException>();

        isBroken = false;
        Time.Advance(TimeSpan.FromSeconds(31)); // failures are remembered for 30 s at most
        string answer = await client.ReadAsync(uri).WaitAsync(Guard);

        answer.Should().Be("web");
    }

    private HttpClient CreateClient(TimeProvider time, params DnsTestServer[] servers) =>
        new(HttpRequests.CreateHandler().UseDnsResolver(CreateResolver(options => options.TimeProvider = time, servers)));

    private static void Respond(DnsTestResponse response, string what) => _ = what switch
    {
        "no such name" => response.Code(DnsResponseCode.NxDomain),
        "no address" => response.Code(DnsResponseCode.NoError),
        "SERVFAIL" => response.Code(DnsResponseCode.ServerFailure),
        "REFUSED" => response.Code(DnsResponseCode.Refused),
        "silence" => response.Drop(),
        _ => response,
    };
}
