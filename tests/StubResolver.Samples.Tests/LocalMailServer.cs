using System.Buffers;
using System.Net;
using System.Threading.Channels;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace StubResolver.Samples.Tests;

/// <summary>A real SMTP server on a loopback port, and the mail it got.</summary>
internal sealed class LocalMailServer : IMessageStore, IAsyncDisposable
{
    private readonly Channel<MimeMessage> _received = Channel.CreateUnbounded<MimeMessage>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    private LocalMailServer(int port)
    {
        Port = port;
        ServiceProvider services = new();
        services.Add(this);
        ISmtpServerOptions options = new SmtpServerOptionsBuilder()
            .ServerName("mail.test").Endpoint(endPoint => endPoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port))).Build();
        _serving = new SmtpServer.SmtpServer(options, services).StartAsync(_stopping.Token);
    }

    public int Port { get; }

    public static Task<LocalMailServer> StartAsync() => LocalPort.StartAsync(async port =>
    {
        LocalMailServer server = new(port);
        if (server._serving.IsFaulted)
        {
            await server._serving; // it listens before the first await, or cannot
        }

        return server;
    });

    public Task<MimeMessage> NextAsync(CancellationToken cancellationToken) => _received.Reader.ReadAsync(cancellationToken).AsTask();

    public async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using MemoryStream stream = new(buffer.ToArray());
        await _received.Writer.WriteAsync(await MimeMessage.LoadAsync(stream, cancellationToken), cancellationToken);
        return SmtpResponse.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }
}
