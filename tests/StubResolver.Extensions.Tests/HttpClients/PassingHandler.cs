namespace StubResolver.Extensions.Tests.HttpClients;

/// <summary>Wraps a handler and changes nothing.</summary>
internal sealed class PassingHandler : DelegatingHandler
{
    /// <summary>Leaves it to the factory what is wrapped.</summary>
    public PassingHandler()
    {
    }

    public PassingHandler(HttpMessageHandler inner)
        : base(inner)
    {
    }
}
