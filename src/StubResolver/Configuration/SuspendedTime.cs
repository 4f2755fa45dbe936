using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace StubResolver.Configuration;

/// <summary>Tells how long this host has been suspended since it started: the runtime's monotonic clock stands meanwhile on Linux and macOS.</summary>
/// <remarks>
/// Only Linux tells without a native call. On macOS, and on Windows from .NET 11 on, the time is not counted: what has a life, such as an answer,
/// lives on for what was left of it before the sleep.
/// </remarks>
internal static class SuspendedTime
{
    private const int MaxLength = 64; // two numbers of seconds

    /// <summary>Returns the time; zero where the monotonic clock goes on, and where nobody tells.</summary>
    public static TimeSpan Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeSpan.Zero;
        }

        try
        {
            using SafeFileHandle file = File.OpenHandle("/proc/uptime"); // File.ReadAllText costs a cold process 1 ms more
            Span<byte> text = stackalloc byte[MaxLength];
            int length = RandomAccess.Read(file, text, fileOffset: 0);
            return Parse(ConfigurationText.Decode(text[..length]), TimeSpan.FromMilliseconds(Environment.TickCount64));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>Returns the time by which the uptime, suspension included, exceeds the monotonic clock.</summary>
    /// <param name="uptime">The text of /proc/uptime: seconds since the start, first of all.</param>
    /// <param name="monotonic">The monotonic clock.</param>
    public static TimeSpan Parse(ReadOnlySpan<char> uptime, TimeSpan monotonic)
    {
        int end = uptime.IndexOf(' ');
        return double.TryParse(end < 0 ? uptime : uptime[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            ? TimeSpan.FromSeconds(seconds) - monotonic
            : TimeSpan.Zero;
    }
}
