using System.Diagnostics;
using System.Globalization;
using System.Net;
using StubResolver.Benchmarks.Responder;

namespace StubResolver.Benchmarks.Load.Servers;

/// <summary>The responder of this project.</summary>
internal sealed class ResponderServer : LoadServer
{
    private readonly KilledAtExit _process;

    private ResponderServer(KilledAtExit process, string title, IPEndPoint endPoint, IPEndPoint? systemEndPoint)
        : base(title, endPoint, systemEndPoint) => _process = process;

    public static async Task<LoadServer> StartAsync(IPEndPoint endPoint, IPEndPoint? systemEndPoint, int delay)
    {
        string listen = systemEndPoint is null ? endPoint.ToString() : $"{endPoint},{systemEndPoint}";
        string[] command = ChildProcess.Self("serve", "--listen", listen, "--delay", delay.ToString(CultureInfo.InvariantCulture));
        Process process = ChildProcess.Start(command, redirectsInput: true);
        string? line = await process.StandardOutput.ReadLineAsync();
        return line == ServeProgram.ReadyLine
            ? new ResponderServer(new KilledAtExit(process), $"the project's responder, {delay} ms away", endPoint, systemEndPoint)
            : throw new InvalidOperationException("The responder ended: " + await process.StandardError.ReadToEndAsync());
    }

    public override void Dispose()
    {
        _process.Dispose();
    }
}
