using System.Buffers;
using System.Net.Sockets;

namespace StubResolver.Transport;

/// <summary>What a TCP connection has to send: whole frames only, so that a caller that leaves never breaks the stream for the others.</summary>
/// <remarks>Frames that wait while others are sent leave together. All but the sending itself happens under the gate of the connection.</remarks>
/// <param name="gate">The gate of the connection.</param>
/// <param name="fail">Called outside the gate when the stream cannot be written to any more; does not throw.</param>
internal sealed class TcpOutbox(Lock gate, Action<Exception> fail)
{
    private const int InitialCapacity = 4096;

    private ArrayBufferWriter<byte> _waiting = new(InitialCapacity);
    private ArrayBufferWriter<byte> _sending = new(InitialCapacity);
    private Socket? _socket;
    private CancellationToken _closing;
    private bool _isSending;

    /// <summary>Ends when nothing is being sent; never fails.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Adds a frame, its length prefix included. Call it under the gate.</summary>
    public void Add(ReadOnlySpan<byte> frame)
    {
        _waiting.Write(frame);
        StartSending();
    }

    /// <summary>Begins to send. Call it under the gate.</summary>
    public void Open(Socket socket, CancellationToken closing)
    {
        _socket = socket;
        _closing = closing;
        StartSending();
    }

    private void StartSending()
    {
        if (_socket is not null && !_isSending && _waiting.WrittenCount > 0)
        {
            _isSending = true;
            Completion = Task.Run(SendAsync, CancellationToken.None);
        }
    }

    /// <summary>Sends until nothing waits; after a failure the outbox stays shut.</summary>
    private async Task SendAsync()
    {
        try
        {
            while (TryTakeWaiting())
            {
                ReadOnlyMemory<byte> rest = _sending.WrittenMemory;
                while (!rest.IsEmpty)
                {
                    rest = rest[await _socket!.SendAsync(rest, _closing).ConfigureAwait(false)..];
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // the connection was closed meanwhile
        }
        catch (Exception e)
        {
            fail(e);
        }
    }

    private bool TryTakeWaiting()
    {
        lock (gate)
        {
            if (_waiting.WrittenCount == 0)
            {
                _isSending = false;
                return false;
            }

            (_waiting, _sending) = (_sending, _waiting);
            _waiting.ResetWrittenCount();
            return true;
        }
    }
}
