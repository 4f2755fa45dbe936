using System.Net;
using System.Net.Sockets;

namespace StubResolver.Testing.Network;

/// <summary>Receives queries over UDP and answers each by itself.</summary>
internal sealed class UdpService(Socket socket, Responder responder, BackgroundWork work, TimeProvider timeProvider)
{
    private static readonly byte[] s_noOptionValue = [0, 0, 0, 0];
    private const int UdpConnectionReset = -1744830452; // SIO_UDP_CONNRESET

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IgnorePortUnreachable();
        byte[] buffer = new byte[ushort.MaxValue];
        EndPoint any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (true)
        {
            SocketReceiveFromResult received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, cancellationToken).ConfigureAwait(false);
            byte[] message = buffer[..received.ReceivedBytes];
            IPEndPoint source = (IPEndPoint)received.RemoteEndPoint;
            IReadOnlyList<Delivery> deliveries = responder.Respond(message, DnsProtocol.Udp, source, connection: null);
            _ = work.Start(token => SendAsync(deliveries, source, token));
        }
    }

    private async Task SendAsync(IReadOnlyList<Delivery> deliveries, IPEndPoint client, CancellationToken cancellationToken)
    {
        foreach (Delivery delivery in deliveries)
        {
            await delivery.WaitAsync(timeProvider, cancellationToken).ConfigureAwait(false);
            foreach (byte[] junk in delivery.Junk)
            {
                await socket.SendToAsync(junk, client, cancellationToken).ConfigureAwait(false);
            }

            if (delivery.Source is null)
            {
                await socket.SendToAsync(delivery.Message, client, cancellationToken).ConfigureAwait(false);
                continue;
            }

            using Socket other = new(delivery.Source.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            other.Bind(delivery.Source);
            await other.SendToAsync(delivery.Message, client, cancellationToken).ConfigureAwait(false);
        }
    }

    // Windows fails the next receive when a client closed its port before the reply came.
    private void IgnorePortUnreachable()
    {
        if (OperatingSystem.IsWindows())
        {
            socket.IOControl(UdpConnectionReset, s_noOptionValue, null);
        }
    }
}
