namespace StubResolver.Tests;

/// <summary>A test of what Windows does not have.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnUnixTheoryAttribute : TheoryAttribute
{
    public OnUnixTheoryAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "Windows has no limit of descriptors (ulimit -n)." : null;
    }
}
