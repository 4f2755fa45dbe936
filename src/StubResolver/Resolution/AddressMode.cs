using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>Sends address lookups to who answers them: this library, the operating system, or the latter with the former beside it.</summary>
internal sealed class AddressMode : IDisposable
{
    private readonly AddressResolution _managed;
    private readonly SystemAddresses? _system;
    private readonly ShadowQueue? _shadows;
    private readonly ShadowedAddresses? _shadowed;

    /// <param name="mode">Who answers.</param>
    /// <param name="managed">This library.</param>
    /// <param name="system">The operating system; <see langword="null"/> where it has no part.</param>
    /// <param name="metrics">Where comparisons are measured.</param>
    /// <param name="logger">Where they are told.</param>
    /// <param name="time">The clock.</param>
    public AddressMode(DnsResolverMode mode, AddressResolution managed, SystemAddresses? system, ResolverMetrics metrics, ILogger logger, TimeProvider time)
    {
        _managed = managed;
        _system = system;
        if (mode == DnsResolverMode.Shadow)
        {
            _shadows = new ShadowQueue(ResolveBesideAsync, metrics, logger, time);
            _shadowed = new ShadowedAddresses(system!, _shadows, time);
        }
    }

    public ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAsync(string name, AddressFamily family, bool isBackground, CancellationToken cancellationToken)
    {
        if (_system is null)
        {
            return _managed.ResolveAsync(name, family, isBackground, cancellationToken);
        }

        QueryName.Normalize(name); // what is wrong with it is thrown to the caller's face
        return _shadowed?.ResolveAsync(name, family, cancellationToken) ?? _system.ResolveAsync(name, family, cancellationToken);
    }

    private ValueTask<DnsAnswer<DnsAddressRecord>> ResolveBesideAsync(string name, AddressFamily family, CancellationToken cancellationToken) =>
        _managed.ResolveAsync(name, family, isBackground: true, cancellationToken);

    public void Dispose()
    {
        _system?.Dispose();
        _shadows?.Dispose();
    }
}
