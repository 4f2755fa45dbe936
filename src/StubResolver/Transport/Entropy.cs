using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace StubResolver.Transport;

/// <summary>Octets from a cryptographic generator.</summary>
/// <remarks>
/// On Unix from the kernel's generator, through a file that stays open: <see cref="RandomNumberGenerator"/> loads OpenSSL first, which takes
/// 20 ms (benchmark: cold), and ends the process where no file descriptor is left for it.
/// </remarks>
internal static class Entropy
{
    private const string KernelFile = "/dev/urandom";
    private const int GuidSize = 16;

    private static readonly SafeFileHandle? s_kernelFile = OperatingSystem.IsWindows() ? null : TryOpen(KernelFile);

    public static void Fill(Span<byte> octets)
    {
        if (OperatingSystem.IsWindows())
        {
            FillFromPlatform(octets);
        }
        else
        {
            Fill(octets, s_kernelFile);
        }
    }

    /// <summary>Fills from a file of random octets, and from GUIDs where there is none: on Unix they have the same source, and need no descriptor.</summary>
    public static void Fill(Span<byte> octets, SafeFileHandle? file)
    {
        if (file is null || !TryRead(file, octets))
        {
            FillFromGuids(octets);
        }
    }

    /// <summary>Opens a file of random octets; <see langword="null"/> where it does not exist, or no descriptor is left.</summary>
    public static SafeFileHandle? TryOpen(string file)
    {
        try
        {
            return File.OpenHandle(file, share: FileShare.ReadWrite); // which takes no lock
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool TryRead(SafeFileHandle file, Span<byte> octets)
    {
        try
        {
            return RandomAccess.Read(file, octets, fileOffset: 0) == octets.Length;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Apart from its caller, which would load the platform's cryptography when it is compiled.
    private static void FillFromPlatform(Span<byte> octets) => RandomNumberGenerator.Fill(octets);

    // All bits of the first six octets are random; version and variant come later (RFC 9562 §5.4).
    private static void FillFromGuids(Span<byte> octets)
    {
        const int RandomLength = 6;
        Span<byte> guid = stackalloc byte[GuidSize];
        while (!octets.IsEmpty)
        {
            Guid.NewGuid().TryWriteBytes(guid);
            int length = Math.Min(RandomLength, octets.Length);
            guid[..length].CopyTo(octets);
            octets = octets[length..];
        }
    }
}
