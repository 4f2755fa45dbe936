using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace StubResolver.Transport;

/// <summary>Octets from a cryptographic generator.</summary>
/// <remarks>
/// On Unix from the kernel's own, through its file: <see cref="RandomNumberGenerator"/> loads OpenSSL first, which costs a process that has no
/// other use for it 20 ms (benchmark: cold).
/// </remarks>
internal static class Entropy
{
    private const string KernelFile = "/dev/urandom";

    public static void Fill(Span<byte> octets) => Fill(octets, OperatingSystem.IsWindows() ? null : KernelFile);

    /// <summary>Fills from a file of random octets, and from the platform's generator where there is none.</summary>
    public static void Fill(Span<byte> octets, string? file)
    {
        if (file is null || !TryRead(file, octets))
        {
            FillFromPlatform(octets);
        }
    }

    // Apart from its caller, which would load the platform's cryptography when it is compiled.
    private static void FillFromPlatform(Span<byte> octets) => RandomNumberGenerator.Fill(octets);

    private static bool TryRead(string file, Span<byte> octets)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(file, share: FileShare.ReadWrite); // which takes no lock
            return RandomAccess.Read(handle, octets, fileOffset: 0) == octets.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // no /dev in this root
        }
    }
}
