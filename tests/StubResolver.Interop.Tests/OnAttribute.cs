using System.Reflection;
using StubResolver.Interop.Tests.Servers;
using Xunit.Sdk;

namespace StubResolver.Interop.Tests;

/// <summary>Runs a theory on a server; skipped, but for continuous integration (CI=true), where it or one that it asks is not installed.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OnAttribute : DataAttribute
{
    private readonly ServerKind _server;

    public OnAttribute(ServerKind server)
    {
        _server = server;
        IEnumerable<Installation> missing = ServerChain.Follow(server).Select(Installation.Of).Where(installation => installation.File is null);
        if (missing.FirstOrDefault() is { } installation && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = $"{installation.Program} is not installed (Debian package: {installation.Package}).";
        }
    }

    /// <summary>Gets or sets whether the theory takes a client too, and runs with each.</summary>
    public bool EachClient { get; set; }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        EachClient ? Enum.GetValues<ClientKind>().Select(client => new object[] { _server, client }) : [[_server]];
}
