using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StubResolver.Configuration;

/// <summary>Tells a file from others of its size and time: its number in the file system, and when its number, content or properties last changed.</summary>
/// <param name="Inode">The number; 0 where the system does not tell.</param>
/// <param name="Changed">The moment, UTC; <see langword="default"/> where the system does not tell.</param>
/// <remarks>
/// .NET tells neither. Linux does with one call whose structure is the same on all processors; elsewhere the creation time tells most changes.
/// </remarks>
internal readonly record struct FileChange(ulong Inode, DateTime Changed)
{
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH: the open file itself
    private const uint Wanted = 0x80 | 0x100; // STATX_CTIME, STATX_INO

    /// <summary>Reads it of an open file.</summary>
    public static FileChange Read(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return default;
        }

        try
        {
            return GetStatus((int)file.DangerousGetHandle(), path: 0, EmptyPath, Wanted, out Status status) == 0
                ? new FileChange(status.Inode, DateTime.UnixEpoch.AddSeconds(status.ChangedSeconds).AddTicks(status.ChangedNanoseconds / TimeSpan.NanosecondsPerTick))
                : default;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return default; // a C library from before 2019
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetStatus(int directory, in byte path, int flags, uint mask, out Status status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Status
    {
        [FieldOffset(32)]
        public readonly ulong Inode;

        [FieldOffset(96)]
        public readonly long ChangedSeconds;

        [FieldOffset(104)]
        public readonly uint ChangedNanoseconds;
    }
}
