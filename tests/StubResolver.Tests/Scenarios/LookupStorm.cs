using StubResolver.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>Many lookups of which some are cancelled, some time out and some fail, mixed at random; the number is a parameter.</summary>
internal sealed class LookupStorm(DnsResolver resolver, int concurrency)
{
    private readonly RandomSource _random = new();
    private int _left;
    private int _answered;
    private int _failed;
    private int _cancelled;

    public int Answered => _answered;

    public int Failed => _failed;

    public int Cancelled => _cancelled;

    /// <summary>Makes a server answer by the first letter of the name: good, truncated, forged, refused, unreadable, closed, or not at all.</summary>
    public static void Script(DnsTestServer server) => server.OnAnyQuery((query, response) => _ = query.Name[0] switch
    {
        't' => response.AddAddress("192.0.2.1").Truncate(),
        'f' => response.AddAddress("192.0.2.1").SendFirst(forged => forged.WrongId()),
        'r' => response.Code(DnsResponseCode.Refused),
        'u' => response.AddAddress("192.0.2.1").Rewrite(message => message[..^1]),
        'c' => response.Truncate().Close(),
        's' => response.Drop(),
        'n' => response.Code(DnsResponseCode.NxDomain),
        _ => response.AddAddress("192.0.2.1"),
    });

    /// <summary>Runs so many lookups; ends when all have.</summary>
    public async Task RunAsync(int count)
    {
        _left = count;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(LookUpAsync)));
    }

    private async Task LookUpAsync()
    {
        while (Interlocked.Decrement(ref _left) is var number and >= 0)
        {
            string name = $"{"gggggggggtfrucsn"[_random.NextInt32(16)]}{number / 2}.test"; // half of them meet another of the same name
            using CancellationTokenSource leaving = new();
            ValueTask<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync(name, leaving.Token);
            if (_random.NextInt32(4) == 0)
            {
                if (_random.NextInt32(2) == 0)
                {
                    await Task.Yield();
                }

                await leaving.CancelAsync();
            }

            await CountAsync(lookup);
        }
    }

    private async Task CountAsync(ValueTask<DnsAnswer<DnsAddressRecord>> lookup)
    {
        try
        {
            await lookup;
            Interlocked.Increment(ref _answered);
        }
        catch (DnsException)
        {
            Interlocked.Increment(ref _failed);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
        }
    }
}
