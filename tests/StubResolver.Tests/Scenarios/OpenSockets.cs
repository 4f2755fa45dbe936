namespace StubResolver.Tests.Scenarios;

/// <summary>Counts the sockets of this process. Not all files: the runtime opens assemblies as they are needed.</summary>
internal static class OpenSockets
{
    public static int Count() => OperatingSystem.IsLinux()
        ? new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Count(file => file.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
        : 0;
}
