using Lookup;
using StubResolver;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(CommandLine.Help);
    return ExitCode.Answer;
}

if (!CommandLine.TryParse(args, out CommandLine? commandLine, out string? error))
{
    Console.Error.WriteLine($"Lookup: {error} Usage: {CommandLine.Usage}");
    return ExitCode.Usage;
}

try
{
    return await Question.AskAsync(commandLine);
}
catch (DnsException e)
{
    Console.Error.WriteLine($"Lookup: {string.Join(' ', e.ExtendedErrors.Select(extended => $"({extended})").Prepend(e.Message))}");
    return e.DnsError is DnsError.NameNotFound or DnsError.NoData ? ExitCode.NoSuchName : ExitCode.NoAnswer;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"Lookup: {e.Message.ReplaceLineEndings(" ")}");
    return ExitCode.Usage;
}
