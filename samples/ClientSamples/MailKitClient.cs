using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using StubResolver;

namespace ClientSamples;

/// <summary>MailKit takes a connected socket; its IMAP and POP3 clients do, too.</summary>
public static class MailKitClient
{
    public static async Task SendAsync(DnsConnector connector, string host, int port, MimeMessage message, CancellationToken cancellationToken)
    {
        using SmtpClient client = new();
        using Socket socket = await connector.ConnectAsync(host, port, cancellationToken);
        await client.ConnectAsync(socket, host, port, SecureSocketOptions.StartTlsWhenAvailable, cancellationToken); // certificates are for the host
        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }
}
