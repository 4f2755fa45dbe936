using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace StubResolver.Tests.Http;

/// <summary>A web server on loopback addresses: one port for HTTP/1.1, one for HTTP/2 without TLS, one for both with TLS.</summary>
/// <remarks>
/// "/" answers at once with the server's name, "/late" only after <see cref="Release"/>, "/stream" sends its name and, after <see cref="Release"/>,
/// "end", "/close" closes the connection after its answer, "/upload" reads the body and answers with the server's name and the octets it got.
/// </remarks>
internal sealed class HttpTestServer : IAsyncDisposable
{
    public const string CertificateSubject = "CN=service.test";

    private readonly WebApplication _application;
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _received = new(0);
    private readonly Lock _lock = new();
    private readonly List<SeenRequest> _requests = [];

    private HttpTestServer(WebApplication application, string name)
    {
        _application = application;
        Name = name;
        application.Run(RespondAsync);
    }

    public string Name { get; }

    public int HttpPort { get; private set; }

    public int Http2Port { get; private set; }

    public int HttpsPort { get; private set; }

    public IReadOnlyList<SeenRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Starts a server, on the ports of another one where that is given; throws an <see cref="IOException"/> where they are taken.</summary>
    public static async Task<HttpTestServer> StartAsync(string name, IPAddress address, HttpTestServer? samePorts = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        using X509Certificate2 certificate = CreateCertificate();
        X509Certificate2 usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = null; // a body may be held back for as long as a test likes
            kestrel.Listen(address, samePorts?.HttpPort ?? 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(address, samePorts?.Http2Port ?? 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(address, samePorts?.HttpsPort ?? 0, listen => listen.UseHttps(usable).Protocols = HttpProtocols.Http1AndHttp2);
        });
        HttpTestServer server = new(builder.Build(), name);
        try
        {
            await server._application.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        int[] ports = [.. server._application.Urls.Select(url => new Uri(url).Port)];
        (server.HttpPort, server.Http2Port, server.HttpsPort) = (ports[0], ports[1], ports[2]);
        return server;
    }

    /// <summary>Starts two servers with the same ports on two addresses.</summary>
    public static async Task<(HttpTestServer Old, HttpTestServer New)> StartTwoAsync()
    {
        for (int tries = 0; ; tries++)
        {
            HttpTestServer old = await StartAsync("old", IPAddress.Parse("127.0.0.1"));
            try
            {
                return (old, await StartAsync("new", IPAddress.Parse("127.0.0.2"), old));
            }
            catch (IOException) when (tries < 20)
            {
                await old.DisposeAsync(); // one of the ports is taken on the other address
            }
        }
    }

    public int Port(string scheme, Version version) => scheme == "https" ? HttpsPort : version.Major == 2 ? Http2Port : HttpPort;

    /// <summary>Waits until one more request has arrived.</summary>
    public Task ReceivedAsync() => _received.WaitAsync();

    public void Release() => _release.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _application.DisposeAsync();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(CertificateSubject, key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private async Task RespondAsync(HttpContext context)
    {
        lock (_lock)
        {
            _requests.Add(new SeenRequest(context.Request.Headers.Host.ToString(), context.Request.Protocol, context.Connection.Id));
        }

        _received.Release();
        switch (context.Request.Path.Value)
        {
            case "/late":
                await _release.Task;
                break;
            case "/close":
                context.Response.Headers.Connection = "close";
                break;
            case "/upload":
                using (MemoryStream body = new())
                {
                    await context.Request.Body.CopyToAsync(body);
                    await context.Response.WriteAsync($"{Name} {body.Length}");
                }

                return;
            case "/stream":
                await context.Response.WriteAsync(Name + " ");
                await context.Response.Body.FlushAsync();
                await _release.Task;
                await context.Response.WriteAsync("end");
                return;
        }

        await context.Response.WriteAsync(Name);
    }

    internal sealed record SeenRequest(string Host, string Protocol, string Connection);
}
