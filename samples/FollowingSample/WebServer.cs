using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FollowingSample;

/// <summary>A web server with TLS that says its name; "/stream" says it twice, with a pause between.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    /// <summary>How long a streaming body says nothing.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly WebApplication _application;

    private WebServer(WebApplication application) => _application = application;

    public int Port => new Uri(_application.Urls.Single()).Port;

    /// <summary>Starts two servers with one port on two addresses.</summary>
    public static async Task<(WebServer Old, WebServer New)> StartTwoAsync(string oldAddress, string newAddress)
    {
        for (int tries = 0; ; tries++)
        {
            WebServer old = await StartAsync("old", oldAddress, port: 0);
            try
            {
                return (old, await StartAsync("new", newAddress, old.Port));
            }
            catch (IOException) when (tries < 20)
            {
                await old.DisposeAsync(); // the port is taken on the other address
            }
        }
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task<WebServer> StartAsync(string name, string address, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Parse(address), port, listen => listen.UseHttps(CreateCertificate()).Protocols = HttpProtocols.Http1AndHttp2));
        WebServer server = new(builder.Build());
        server._application.Run(context => RespondAsync(context, name));
        try
        {
            await server._application.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static X509Certificate2 CreateCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={Move.Host}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static async Task RespondAsync(HttpContext context, string name)
    {
        await context.Response.WriteAsync(name);
        if (context.Request.Path == "/stream")
        {
            await context.Response.Body.FlushAsync();
            await Task.Delay(Pause);
            await context.Response.WriteAsync($" {name}");
        }
    }
}
