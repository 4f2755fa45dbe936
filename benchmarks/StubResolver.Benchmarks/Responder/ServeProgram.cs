using System.Net;

namespace StubResolver.Benchmarks.Responder;

/// <summary>The responder as a process: <c>serve --listen ADDRESS:PORT[,ADDRESS:PORT] [--delay MS]</c>; ends with its standard input.</summary>
internal static class ServeProgram
{
    public const string ReadyLine = "ready";

    public static int Run(string[] args)
    {
        Arguments arguments = Arguments.Parse(args, "listen", "delay");
        int delay = arguments.Number("delay", 0, min: 0);
        using DelayedReplies? delayed = delay == 0 ? null : new DelayedReplies(TimeSpan.FromMilliseconds(delay));
        List<IDisposable> responders = [];
        foreach (string text in arguments.Text("listen", "127.0.0.1:5300").Split(','))
        {
            IPEndPoint endPoint = IPEndPoint.Parse(text);
            responders.Add(new UdpResponder(endPoint, delayed));
            responders.Add(new TcpResponder(endPoint, delayed));
        }

        Console.WriteLine(ReadyLine);
        while (Console.In.ReadLine() is not null)
        {
            // Whoever started this process closes the pipe, or dies, to end it.
        }

        responders.ForEach(responder => responder.Dispose());
        return 0;
    }
}
