using System.Net;
using System.Net.Security;

namespace StubResolver.Tests.Http;

/// <summary>Requests of exactly one HTTP version, and handlers that trust the test server.</summary>
internal static class HttpRequests
{
    public static SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == HttpTestServer.CertificateSubject,
        },
    };

    public static HttpRequestMessage Create(string uri, Version? version = null) => new(HttpMethod.Get, uri)
    {
        Version = version ?? HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public static async Task<string> ReadAsync(
        this HttpMessageInvoker client, string uri, Version? version = null, CancellationToken cancellationToken = default)
    {
        using HttpRequestMessage request = Create(uri, version);
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
