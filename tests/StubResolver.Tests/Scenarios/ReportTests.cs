using System.Globalization;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What a failure tells whoever reads the log.</summary>
public sealed class ReportTests : ScenarioTestBase
{
    [Fact]
    public async Task Timeout_ReportsEachTransmission()
    {
        DnsTestServer refuses = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.Refused));
        DnsTestServer silent = StartSilentServer();
        DnsResolver resolver = CreateResolver(options => options.LookupTimeout = TimeSpan.FromMilliseconds(500), refuses, silent);

        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync("a.test", DnsRecordType.Mx).AsTask();
        await silent.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromMilliseconds(500));
        Func<Task> act = () => lookup.WaitAsync(Guard);

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        string report = exception.ToString();
        report.Should().Contain("StubResolver.DnsException (Timeout): The lookup of 'a.test' failed");
        report.Should().Contain($"{refuses.EndPoint} UDP MX a.test: Refused (0.0 ms)");
        report.Should().Contain($"{silent.EndPoint} UDP MX a.test: Timeout (500.0 ms)");
        report.Should().Contain("2 queries to 2 servers");
    }

    [Fact]
    public async Task Transmissions_AreListedInTheOrderSent_WithTheirProtocol()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) =>
        {
            if (query.Protocol == DnsProtocol.Udp)
            {
                response.Truncate();
            }
            else
            {
                response.Code(DnsResponseCode.Refused);
            }
        });
        DnsResolver resolver = CreateResolver(server);

        Func<Task> act = () => resolver.ResolveAddressesAsync("a.test.").AsTask().WaitAsync(Guard);

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        exception.Attempts.Select(attempt => $"{attempt.Protocol} {attempt.Type} {attempt.ResponseCode}").Should().Equal(
            "Udp Aaaa NoError", "Tcp Aaaa Refused", "Udp A NoError", "Tcp A Refused");
        exception.ToString().Should().Contain($"{server.EndPoint} TCP A a.test: Refused");
    }

    [Fact]
    public async Task UnreachableServer_IsToldWithItsReason()
    {
        DnsTestServer gone = DnsTestServer.Start();
        await gone.DisposeAsync();
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, gone);

        Func<Task> act = () => resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        exception.DnsError.Should().Be(DnsError.NetworkError);
        exception.ToString().Should().Contain(string.Create(CultureInfo.InvariantCulture, $"{gone.EndPoint} UDP A a.test: NetworkError (ConnectionRefused)"));
    }

    [Fact]
    public async Task EachCaller_GetsAnExceptionOfItsOwn()
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        Task[] lookups = [.. Enumerable.Range(0, 3).Select(_ => resolver.ResolveAddressesAsync("nosuch.test").AsTask())];
        List<DnsException> exceptions = [];
        foreach (Task lookup in lookups)
        {
            Func<Task> act = () => lookup.WaitAsync(Guard);
            exceptions.Add((await act.Should().ThrowAsync<DnsException>()).Which);
        }

        exceptions.Should().OnlyHaveUniqueItems();
        exceptions.Should().OnlyContain(exception => exception.Name == "nosuch.test" && exception.ResponseCode == DnsResponseCode.NxDomain);
    }
}
