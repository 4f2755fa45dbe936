using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Decides in which order servers are asked.</summary>
internal static class ServerOrder
{
    /// <summary>Returns the servers as configured or rotated, failing ones behind the others, least bad first.</summary>
    public static ServerState[] Arrange(ServerState[] servers, bool rotates, RandomSource random)
    {
        int failing = 0;
        foreach (ServerState server in servers)
        {
            failing += server.Badness > 0 ? 1 : 0;
        }

        // As nearly always: nothing to copy.
        return failing == 0 && !(rotates && servers.Length > 1) ? servers : Rearrange(servers, rotates, random);
    }

    private static ServerState[] Rearrange(ServerState[] servers, bool rotates, RandomSource random)
    {
        Span<int> badness = stackalloc int[servers.Length];
        int healthy = 0;
        for (int i = 0; i < servers.Length; i++)
        {
            badness[i] = servers[i].Badness;
            healthy += badness[i] > 0 ? 0 : 1;
        }

        int[] order = GetOrder(badness, rotates && healthy > 1 ? random.NextInt32(healthy) : 0);
        ServerState[] arranged = new ServerState[order.Length];
        for (int i = 0; i < arranged.Length; i++)
        {
            arranged[i] = servers[order[i]];
        }

        return arranged;
    }

    /// <summary>Returns the indices in the order to ask: the healthy (badness 0) from the rotation on, then the failing by badness.</summary>
    public static int[] GetOrder(ReadOnlySpan<int> badness, int rotation)
    {
        List<int> healthy = [];
        List<(int Badness, int Index)> failing = [];
        for (int i = 0; i < badness.Length; i++)
        {
            if (badness[i] == 0)
            {
                healthy.Add(i);
            }
            else
            {
                failing.Add((badness[i], i));
            }
        }

        failing.Sort();
        return [.. healthy[rotation..], .. healthy[..rotation], .. failing.Select(server => server.Index)];
    }
}
