using System.Collections.Concurrent;
using StubResolver.Tests.Wild;

namespace StubResolver.Fuzz.Resolver;

/// <summary>A server of a round; what it sends for the nth query about a question is always the same.</summary>
internal sealed class RoundServer : IAsyncDisposable
{
    private const int OctetsReported = 160;

    private readonly RoundPlan _plan;
    private readonly Zone _zone;
    private readonly int _index;
    private readonly int _answersAConnection;
    private readonly ConcurrentDictionary<string, int> _asked = new();
    private readonly ConcurrentQueue<(WildQuery Query, int Number)> _answered = new();

    public RoundServer(RoundPlan plan, Zone zone, int index)
    {
        (_plan, _zone, _index) = (plan, zone, index);
        _answersAConnection = Draw.Of(DrawFor("answers a connection", 0), 1, 10, int.MaxValue, int.MaxValue); // then it closes
        Server = WildServer.Start(query => CreateReplies(query, out _), ServeAsync);
    }

    public WildServer Server { get; }

    private ServerRole Role => _plan.Roles[_index];

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Tells what was sent about a name, message by message.</summary>
    public IEnumerable<string> Report(string name)
    {
        foreach ((WildQuery query, int number) in _answered.Where(answered => string.Equals(answered.Query.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"{Server.EndPoint} ({Role}) got {GetQuestion(query)} {Convert.ToHexString(query.Message)}";
            foreach (byte[] message in ReplyPlan.Create(Role, query, _zone, DrawFor(GetQuestion(query), number)))
            {
                yield return $"  sent {message.Length}: {Convert.ToHexString(message.AsSpan(0, Math.Min(message.Length, OctetsReported)))}";
            }
        }
    }

    private async Task ServeAsync(WildConnection connection)
    {
        for (int answered = 0; answered < _answersAConnection && await connection.ReadAsync() is { } query; answered++)
        {
            List<byte[]> messages = CreateReplies(query, out Random random);
            bool goesOn = Role switch
            {
                ServerRole.Truthful => await StreamPlan.SendWholeAsync(connection, messages, random),
                ServerRole.Failing => messages.Count > 0 && await StreamPlan.SendWholeAsync(connection, messages, random),
                _ => await StreamPlan.SendHostileAsync(connection, messages, random),
            };
            if (!goesOn)
            {
                break;
            }
        }

        if (Role == ServerRole.Truthful)
        {
            await connection.FinishAsync(); // closing with queries unread would reset the connection, and lose the last answer
        }
    }

    private List<byte[]> CreateReplies(WildQuery query, out Random random)
    {
        string question = GetQuestion(query);
        int number = _asked.AddOrUpdate(question, 1, (_, number) => number + 1);
        _answered.Enqueue((query, number));
        random = DrawFor(question, number);
        return ReplyPlan.Create(Role, query, _zone, random);
    }

    private Random DrawFor(string question, int number) => Draw.For(_plan.Seed, $"{_index} {question}", number);

    private static string GetQuestion(WildQuery query) => $"{query.Protocol} {query.Name.ToLowerInvariant()} {query.Type}";
}
