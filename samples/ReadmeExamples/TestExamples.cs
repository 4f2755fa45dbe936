using System.Net;
using StubResolver;
using StubResolver.Testing;
using DnsResolver = StubResolver.DnsResolver;

namespace ReadmeExamples;

/// <summary>The block of README.md about tests, and the alias for net11.0, compiled; a test compares them.</summary>
public static class TestExamples
{
    public static async Task<FakeDnsResolver> TestAsync()
    {
        #region Testing
        await using DnsTestServer server = DnsTestServer.Start()
            .AddAddress("db.example", "192.0.2.1")
            .On("slow.example", (query, response) => response.AddAddress("192.0.2.2").Delay(TimeSpan.FromSeconds(2)))
            .On("half.example", DnsRecordType.Aaaa, (query, response) => response.Code(DnsResponseCode.ServerFailure));
        await using DnsResolver resolver = new(new DnsResolverOptions { Servers = { server.EndPoint } });

        FakeDnsResolver fake = new FakeDnsResolver().AddAddress("db.example", IPAddress.Loopback).Fail("gone.example", DnsError.NameNotFound);
        #endregion

        return fake;
    }
}
