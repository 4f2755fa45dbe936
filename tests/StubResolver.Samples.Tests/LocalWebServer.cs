using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace StubResolver.Samples.Tests;

/// <summary>Kestrel on a loopback address.</summary>
internal sealed class LocalWebServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LocalWebServer(WebApplication application) => _application = application;

    public int Port => new Uri(_application.Urls.Single()).Port;

    /// <summary>Starts a server without TLS, on a port of its own choice or on the one given; throws an <see cref="IOException"/> where that is taken.</summary>
    public static async Task<LocalWebServer> StartAsync(
        Action<WebApplication> map, HttpProtocols protocols = HttpProtocols.Http1, Action<IServiceCollection>? add = null, string address = "127.0.0.1", int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address), port, listen => listen.Protocols = protocols));
        builder.Services.AddRouting();
        add?.Invoke(builder.Services);
        LocalWebServer server = new(builder.Build());
        try
        {
            map(server._application);
            await server._application.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
