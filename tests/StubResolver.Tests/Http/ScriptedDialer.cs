using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace StubResolver.Tests.Http;

/// <summary>Attempts to connect that end as the test says; none leaves the process.</summary>
internal sealed class ScriptedDialer
{
    private readonly Channel<Attempt> _started = Channel.CreateUnbounded<Attempt>();
    private readonly List<Socket> _sockets = [];

    /// <summary>How many attempts began.</summary>
    public int Count { get; private set; }

    /// <summary>Whether attempts go on when they are cancelled, as one does that has connected already.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>The sockets that attempts brought and nobody has disposed.</summary>
    public IEnumerable<Socket> OpenSockets => _sockets.Where(socket => !socket.SafeHandle.IsClosed);

    public ValueTask<Socket> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        Count++;
        Attempt attempt = new(this, endPoint, cancellationToken);
        _started.Writer.TryWrite(attempt);
        return new ValueTask<Socket>(attempt.Task);
    }

    /// <summary>Waits for the next attempt.</summary>
    public ValueTask<Attempt> NextAsync() => _started.Reader.ReadAsync();

    /// <summary>Waits for the next attempt, which must be to an address.</summary>
    public async Task<Attempt> NextAsync(string address)
    {
        Attempt attempt = await NextAsync();
        attempt.EndPoint.Address.ToString().Should().Be(address);
        return attempt;
    }

    internal sealed class Attempt
    {
        private readonly ScriptedDialer _dialer;
        private readonly TaskCompletionSource<Socket> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Attempt(ScriptedDialer dialer, IPEndPoint endPoint, CancellationToken cancellationToken)
        {
            _dialer = dialer;
            EndPoint = endPoint;
            if (!dialer.IsDeaf)
            {
                cancellationToken.Register(() => IsCancelled = _result.TrySetCanceled(cancellationToken));
            }
        }

        public IPEndPoint EndPoint { get; }

        public Task<Socket> Task => _result.Task;

        public bool IsCancelled { get; private set; }

        public void Succeed()
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            _dialer._sockets.Add(socket);
            _result.SetResult(socket);
        }

        public void Fail(SocketError error) => _result.SetException(new SocketException((int)error));

        public void Fail(Exception exception) => _result.SetException(exception);
    }
}
