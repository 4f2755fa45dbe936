using System.Net;

namespace StubResolver;

/// <summary>A connection that a handler has open; compared by reference.</summary>
/// <param name="name">The name that was resolved for it.</param>
/// <param name="address">Where it leads, as <see cref="FollowedName.ToComparable"/> has it.</param>
/// <param name="startedAt">How many answers the host's watches had brought when the connect began.</param>
internal sealed class OpenConnection(string name, IPAddress address, int startedAt)
{
    public string Name => name;

    public IPAddress Address => address;

    public int StartedAt => startedAt;
}
