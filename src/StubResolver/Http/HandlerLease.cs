namespace StubResolver;

/// <summary>One request's use of a host's handler, which is not disposed meanwhile. Dispose once.</summary>
internal readonly struct HandlerLease(FollowedHost host, HandlerGeneration generation) : IDisposable
{
    public HttpMessageInvoker Invoker => generation.Invoker;

    public void Dispose()
    {
        generation.Exit();
        host.Leave();
    }
}
