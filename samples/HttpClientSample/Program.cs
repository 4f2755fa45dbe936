using HttpClientSample;

const int Usage = 64;

if (!CommandLine.TryParse(args, out CommandLine? commandLine, out string? error))
{
    Console.Error.WriteLine($"HttpClientSample: {error} Usage: [https://host/path [--server ADDRESS[:PORT]]...]");
    return Usage;
}

if (commandLine.Url is { } url)
{
    try
    {
        return await UrlRequest.RunAsync(url, commandLine.Servers) ? 0 : 1;
    }
    catch (ArgumentException e)
    {
        Console.Error.WriteLine($"HttpClientSample: {e.Message.ReplaceLineEndings(" ")}");
        return Usage;
    }
}

// Random ports repeat by chance, about once in a hundred runs: a defect shows twice in a row.
return await Demonstration.RunAsync() || await Demonstration.RunAsync() ? 0 : 1;
