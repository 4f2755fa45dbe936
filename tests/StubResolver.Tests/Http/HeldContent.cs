using System.Net;

namespace StubResolver.Tests.Http;

/// <summary>A body of two halves; the second one waits.</summary>
internal sealed class HeldContent(Task gate) : HttpContent
{
    public const int Length = 2 * Half;

    private const int Half = 64 * 1024;

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets what ends when the first half is sent.</summary>
    public Task Begun => _begun.Task;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(new byte[Half]);
        await stream.FlushAsync();
        _begun.SetResult();
        await gate;
        await stream.WriteAsync(new byte[Half]);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
