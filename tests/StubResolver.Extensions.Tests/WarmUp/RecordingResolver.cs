using System.Collections.Concurrent;
using System.Net.Sockets;

namespace StubResolver.Extensions.Tests.WarmUp;

/// <summary>Keeps what was asked of it; refuses what the test says.</summary>
internal sealed class RecordingResolver : IDnsResolver, IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _watched = new();
    private readonly ConcurrentQueue<string> _lookups = new();
    private readonly SemaphoreSlim _asked = new(0);
    private int _cancelled;

    public bool IsSilent { get; init; }

    public Exception? Failure { get; init; }

    public IReadOnlyList<string> Refused { get; init; } = [];

    public IReadOnlyCollection<string> Lookups => _lookups;

    public IEnumerable<string> Watched => _watched.Keys;

    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>Waits until this many more lookups have begun.</summary>
    public async Task WaitForLookupsAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            (await _asked.WaitAsync(TimeSpan.FromSeconds(30))).Should().BeTrue("lookup {0} begins", i + 1);
        }
    }

    public async ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(
        string name, AddressFamily addressFamily = AddressFamily.Unspecified, CancellationToken cancellationToken = default)
    {
        _lookups.Enqueue(name);
        using CancellationTokenRegistration counting = cancellationToken.Register(() => Interlocked.Increment(ref _cancelled));
        _asked.Release();
        await (IsSilent ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask);
        return Failure is null ? new DnsAnswer<DnsAddressRecord>(name, []) : throw Failure;
    }

    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public IDisposable Watch(string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed)
    {
        if (Refused.Contains(name))
        {
            throw new ArgumentException("The name is refused.", nameof(name));
        }

        _watched[name] = true;
        return new Registration(() => _watched.TryRemove(name, out _));
    }

    public void Dispose() => _asked.Dispose();

    private sealed class Registration(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
