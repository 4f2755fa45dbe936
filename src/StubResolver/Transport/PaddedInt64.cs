using System.Runtime.InteropServices;

namespace StubResolver.Transport;

/// <summary>A number that all threads write to, away from what they only read: that would be fetched anew after each write (benchmark: scale).</summary>
[StructLayout(LayoutKind.Explicit, Size = 2 * Distance)]
internal struct PaddedInt64
{
    private const int Distance = 128; // two lines: they are fetched in pairs

    [FieldOffset(Distance)]
    public long Value;
}
