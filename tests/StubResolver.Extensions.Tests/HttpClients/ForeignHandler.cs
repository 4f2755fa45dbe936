using System.Net;

namespace StubResolver.Extensions.Tests.HttpClients;

/// <summary>A primary handler of an application's that makes no connections of its own.</summary>
internal sealed class ForeignHandler : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
}
