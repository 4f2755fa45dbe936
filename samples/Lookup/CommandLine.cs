using System.Diagnostics.CodeAnalysis;
using StubResolver;

namespace Lookup;

/// <summary>What to look up, and of whom.</summary>
/// <param name="Name">The name or address as typed.</param>
/// <param name="Type">The type; null for the addresses of a name, as programs resolve them.</param>
/// <param name="Server">The server to ask; null for the system's.</param>
/// <param name="OverTcp">Whether only TCP may be used.</param>
internal sealed record CommandLine(string Name, DnsRecordType? Type, DnsServer? Server, bool OverTcp)
{
    public const string Usage = "NAME [TYPE] [@SERVER[:PORT]] [--tcp]";

    public const string Help = $"""
        Lookup {Usage}

        NAME     a name, or an IP address to look its name up
        TYPE     A, MX, TYPE65, 65 ...: one question, to DNS alone. Without it: the addresses,
                 as programs get them, with the hosts file and the search list
        @SERVER  an IP address: @10.0.0.10, @10.0.0.10:5353, @[fd00::10]:53; else the system's
        --tcp    over TCP only

        The milliseconds are those of a process that has just started.
        Exit code: 0 an answer, 1 no such name or record, 2 no answer from the servers, 64 usage.
        """;

    public static bool TryParse(string[] args, [NotNullWhen(true)] out CommandLine? commandLine, [NotNullWhen(false)] out string? error)
    {
        commandLine = new CommandLine("", null, null, false);
        error = null;
        for (int i = 0; i < args.Length && error is null; i++)
        {
            error = commandLine.Read(args[i], out commandLine);
        }

        error ??= commandLine.Name.Length == 0 ? "what name?" : null;
        return error is null;
    }

    private string? Read(string arg, out CommandLine next)
    {
        next = this;
        switch (arg)
        {
            case "--tcp":
                next = this with { OverTcp = true };
                return null;
            case ['-', ..]:
                return $"unknown option '{arg}'.";
            case ['@', .. string text] when DnsServer.TryParse(text, out DnsServer? server) && Server is null:
                next = this with { Server = server };
                return null;
            case ['@', .. string text]:
                return Server is null ? $"'{text}' is not the address of a DNS server." : $"'{arg}' is one server too many.";
            case not "" when Name.Length == 0:
                next = this with { Name = arg };
                return null;
            case not "" when Type is null && RecordType.TryParse(arg, out DnsRecordType type):
                next = this with { Type = type };
                return null;
            default:
                return Type is null ? $"'{arg}' is not a record type." : $"'{arg}' is one argument too many.";
        }
    }
}
