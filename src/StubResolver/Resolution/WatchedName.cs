using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>What a watch keeps resolved.</summary>
/// <param name="Name">The name as typed.</param>
/// <param name="Family">The family wanted.</param>
/// <param name="IsBackground">Whether its questions leave only while a slot is free.</param>
internal readonly record struct WatchedName(string Name, AddressFamily Family, bool IsBackground);
