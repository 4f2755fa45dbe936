using System.Buffers.Binary;
using System.Numerics;

namespace StubResolver.Resolution;

/// <summary>SipHash-2-4, the keyed hash of cookies (RFC 9018 §4.4); without OpenSSL, which takes 20 ms to load (benchmark: cold).</summary>
internal static class SipHash
{
    public const int KeyLength = 16;

    public static ulong Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        ulong k0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        ulong k1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
        State state = new(k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D, k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573);
        ReadOnlySpan<byte> rest = message;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            state.Take(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        }

        ulong last = (ulong)message.Length << 56;
        for (int i = 0; i < rest.Length; i++)
        {
            last |= (ulong)rest[i] << (8 * i);
        }

        state.Take(last);
        return state.Finish();
    }

    private struct State(ulong v0, ulong v1, ulong v2, ulong v3)
    {
        public void Take(ulong word)
        {
            v3 ^= word;
            Mix();
            Mix();
            v0 ^= word;
        }

        public ulong Finish()
        {
            v2 ^= 0xFF;
            for (int round = 0; round < 4; round++)
            {
                Mix();
            }

            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void Mix()
        {
            v0 += v1;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v3;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
