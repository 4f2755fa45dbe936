using System.Diagnostics;
using System.Globalization;
using System.Net;
using StubResolver;

namespace Lookup;

/// <summary>Asks what the command line says and prints the answer.</summary>
internal static class Question
{
    /// <summary>Returns the exit code; where no usable answer came, throws.</summary>
    public static async Task<int> AskAsync(CommandLine commandLine)
    {
        await using DnsResolver resolver = CreateResolver(commandLine);
        long start = Stopwatch.GetTimestamp();
        switch (commandLine)
        {
            case { Type: null or DnsRecordType.Ptr } when IPAddress.TryParse(commandLine.Name, out IPAddress? address):
                return Print(await resolver.ResolvePtrAsync(address), start);
            case { Type: { } type }:
                return Print(await resolver.QueryAsync(commandLine.Name, type), start);
            default:
                return Print(await resolver.ResolveAddressesAsync(commandLine.Name), start);
        }
    }

    private static DnsResolver CreateResolver(CommandLine commandLine)
    {
        DnsResolverOptions options = new() { UseHostsFile = commandLine.Type is null && commandLine.Server is null };
        if (commandLine.Server is { } server)
        {
            options.Servers.Add(commandLine.OverTcp ? new DnsServer(server.EndPoint, DnsProtocol.Tcp) : server);
        }
        else if (commandLine.OverTcp)
        {
            // What the system is configured with is asked over TCP where resolv.conf, or this, says so.
            Environment.SetEnvironmentVariable("RES_OPTIONS", $"{Environment.GetEnvironmentVariable("RES_OPTIONS")} use-vc");
        }

        return new DnsResolver(options);
    }

    private static int Print<TRecord>(DnsAnswer<TRecord> answer, long start)
        where TRecord : DnsRecord
    {
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        foreach (TRecord record in answer.Records)
        {
            Console.WriteLine(record);
        }

        if (!string.Equals(answer.CanonicalName, answer.Name.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
        {
            Console.WriteLine($";; {answer.Name} is {answer.CanonicalName}");
        }

        if (answer.PartialFailure is { } failure)
        {
            Console.WriteLine($";; the other address family: {failure.Message}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $";; {Status(answer)}, {Source(answer)}, {elapsed:0.0} ms"));
        return answer.Records.Count > 0 ? ExitCode.Answer : ExitCode.NoSuchName;
    }

    private static string Status<TRecord>(DnsAnswer<TRecord> answer)
        where TRecord : DnsRecord
    {
        string code = answer.ResponseCode switch
        {
            DnsResponseCode.FormatError => "FORMERR",
            DnsResponseCode.ServerFailure => "SERVFAIL",
            DnsResponseCode.NotImplemented => "NOTIMP",
            _ => answer.ResponseCode.ToString().ToUpperInvariant(),
        };
        return answer.Records.Count == 1 ? $"{code}, 1 record" : $"{code}, {answer.Records.Count} records";
    }

    private static string Source<TRecord>(DnsAnswer<TRecord> answer)
        where TRecord : DnsRecord => answer.Server is { } server ? $"from {server}" : "without a query";
}
