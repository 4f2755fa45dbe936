namespace StubResolver.Resolution;

/// <summary>What a watch tells.</summary>
/// <param name="Changed">Gets each new set of addresses.</param>
/// <param name="Failed">Gets each failure; <see langword="null"/> where nobody wants to know.</param>
internal readonly record struct WatchCallbacks(Action<DnsAnswer<DnsAddressRecord>> Changed, Action<DnsException>? Failed = null);
