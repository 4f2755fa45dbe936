using System.Reflection;
using StubResolver.Interop.Tests.Servers;
using Xunit.Sdk;

namespace StubResolver.Interop.Tests;

/// <summary>Runs a theory on a server; skipped, but for continuous integration (CI=true), where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OnAttribute : DataAttribute
{
    private readonly ServerKind _server;

    public OnAttribute(ServerKind server)
    {
        _server = server;
        Installation installation = Installation.Of(server);
        if (installation.File is null && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = $"{installation.Program} is not installed (Debian package: {installation.Package}).";
        }
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[_server]];
}
