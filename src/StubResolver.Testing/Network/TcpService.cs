using System.Net.Sockets;

namespace StubResolver.Testing.Network;

/// <summary>Accepts TCP connections.</summary>
internal sealed class TcpService(Socket listener, Responder responder, TrafficLog log, BackgroundWork work, TimeProvider timeProvider)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Socket socket = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
            TcpConnection connection = new(socket, log.OpenConnection(), responder, work, timeProvider);
            _ = work.Start(token => RunAsync(connection, token));
        }
    }

    private async Task RunAsync(TcpConnection connection, CancellationToken cancellationToken)
    {
        using (connection)
        {
            await Task.Yield(); // to accept the next one meanwhile
            try
            {
                await connection.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                log.CloseConnection();
            }

            await connection.FinishAsync().ConfigureAwait(false);
        }
    }
}
