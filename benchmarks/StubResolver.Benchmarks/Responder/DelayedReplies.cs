using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace StubResolver.Benchmarks.Responder;

/// <summary>Sends each answer a fixed time after it was added. One delay for all makes the queue of deadlines a plain queue.</summary>
internal sealed partial class DelayedReplies : IDisposable
{
    private readonly TimeSpan _delay;
    private readonly Queue<DelayedReply> _queue = [];
    private readonly Thread _thread;
    private bool _isDisposed;

    public DelayedReplies(TimeSpan delay)
    {
        _delay = delay;
        _thread = new Thread(Run) { IsBackground = true, Name = "Delayed replies" };
        _thread.Start();
    }

    public void Add(Socket socket, ReadOnlySpan<byte> message, SocketAddress? to)
    {
        long due = Stopwatch.GetTimestamp() + (long)(_delay.TotalSeconds * Stopwatch.Frequency);
        DelayedReply reply = new(socket, to is null ? null : Copy(to), message.ToArray(), due);
        lock (_queue)
        {
            _queue.Enqueue(reply);
            Monitor.Pulse(_queue);
        }
    }

    public void Dispose()
    {
        lock (_queue)
        {
            _isDisposed = true;
            Monitor.Pulse(_queue);
        }

        _thread.Join();
    }

    private static SocketAddress Copy(SocketAddress address)
    {
        SocketAddress copy = new(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }

    private static void WaitUntil(long due)
    {
        TimeSpan left;
        while ((left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due)) > TimeSpan.Zero)
        {
            // Thread.Sleep counts in whole milliseconds, which is too coarse for a delay of one.
            if (OperatingSystem.IsWindows())
            {
                Thread.Sleep(1);
            }
            else
            {
                _ = Sleep((uint)Math.Ceiling(left.TotalMicroseconds));
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);

    private void Run()
    {
        while (TryTake(out DelayedReply reply))
        {
            WaitUntil(reply.Due);
            try
            {
                if (reply.To is null)
                {
                    reply.Socket.Send(reply.Message);
                }
                else
                {
                    reply.Socket.SendTo(reply.Message, SocketFlags.None, reply.To);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The client has left.
            }
        }
    }

    private bool TryTake(out DelayedReply reply)
    {
        lock (_queue)
        {
            while (!_queue.TryDequeue(out reply))
            {
                if (_isDisposed)
                {
                    return false;
                }

                Monitor.Wait(_queue);
            }

            return !_isDisposed;
        }
    }
}
