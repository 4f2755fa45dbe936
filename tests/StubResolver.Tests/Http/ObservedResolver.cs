using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using StubResolver.Testing;

namespace StubResolver.Tests.Http;

/// <summary>A fake resolver whose lookups can be held back, and whose lookups, watches and calls of watches can be waited for.</summary>
internal sealed class ObservedResolver : IDnsResolver
{
    private readonly FakeDnsResolver _names = new();
    private readonly Channel<string> _lookups = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _delivered = Channel.CreateUnbounded<string>();
    private readonly Lock _lock = new();
    private readonly List<string> _watches = [];

    /// <summary>What lookups wait for, or their own token.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The name that lookups, but not watches, resolve instead of any other, as if another server answered.</summary>
    public string? LookupDetour { get; set; }

    /// <summary>What Watch throws, if anything.</summary>
    public Exception? WatchFailure { get; set; }

    /// <summary>The names of the lookups, as they begin.</summary>
    public ChannelReader<string> Lookups => _lookups.Reader;

    /// <summary>The names of the watches that are not disposed.</summary>
    public IReadOnlyList<string> Watches
    {
        get
        {
            lock (_lock)
            {
                return [.. _watches];
            }
        }
    }

    public ObservedResolver Add(string name, params string[] addresses)
    {
        _names.AddAddress(name, [.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    public ObservedResolver Fail(string name, DnsError error)
    {
        _names.Fail(name, error);
        return this;
    }

    public void Change(string name, params string[] addresses) => _names.Change(name, [.. addresses.Select(IPAddress.Parse)]);

    public int CallCount(string name) => _names.CallCount(name);

    /// <summary>Changes a name that is watched, and waits until its watch has been called.</summary>
    public async Task ChangeAndDeliverAsync(string name, params string[] addresses)
    {
        Change(name, addresses);
        await DeliveredAsync(name);
    }

    /// <summary>Waits until a watch of a name has been called once more.</summary>
    public async Task DeliveredAsync(string name)
    {
        string delivered = await _delivered.Reader.ReadAsync();
        delivered.Should().Be(name);
    }

    public async ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(
        string name, AddressFamily addressFamily = AddressFamily.Unspecified, CancellationToken cancellationToken = default)
    {
        await _lookups.Writer.WriteAsync(name, cancellationToken);
        await Gate.WaitAsync(cancellationToken);
        return await _names.ResolveAddressesAsync(LookupDetour ?? name, addressFamily, cancellationToken);
    }

    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
        _names.QueryAsync(name, type, cancellationToken);

    public IDisposable Watch(string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed)
    {
        if (WatchFailure is not null)
        {
            throw WatchFailure;
        }

        lock (_lock)
        {
            _watches.Add(name);
        }

        IDisposable watch = _names.Watch(name, addressFamily, answer =>
        {
            changed(answer);
            _delivered.Writer.TryWrite(name);
        });
        return new Registration(() =>
        {
            watch.Dispose();
            lock (_lock)
            {
                _watches.Remove(name);
            }
        });
    }

    private sealed class Registration(Action dispose) : IDisposable
    {
        private Action? _dispose = dispose;

        public void Dispose() => Interlocked.Exchange(ref _dispose, null)?.Invoke();
    }
}
