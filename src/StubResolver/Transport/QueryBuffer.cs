using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>Writes the message of a request.</summary>
internal static class QueryBuffer
{
    /// <summary>Writes the query with this id; returns its length.</summary>
    public static int Write(in TransmissionRequest request, ushort id, RandomSource random, Span<byte> destination)
    {
        Span<byte> name = stackalloc byte[EncodedName.MaxLength];
        if (!NameWriter.TryWrite(request.Name, name, out int nameLength))
        {
            throw new ArgumentException($"'{request.Name}' was not checked before it was sent.", nameof(request));
        }

        name = name[..nameLength];
        if (request.RandomizesCase)
        {
            RandomizeCase(name, random);
        }

        Query query = new(
            id,
            name,
            request.Type,
            isAuthenticatedDataWanted: request.WantsAuthenticatedData,
            udpPayloadSize: request.UdpPayloadSize,
            cookie: request.Cookie.Span,
            asksForKeepalive: request.AsksForKeepalive);

        return QueryWriter.TryWrite(query, destination, out int written)
            ? written
            : throw new ArgumentException("The buffer is too small for a query.", nameof(destination));
    }

    // Length octets are at most 63 and never letters, so the whole name can be walked as one.
    private static void RandomizeCase(Span<byte> name, RandomSource random)
    {
        uint bits = 0;
        for (int i = 0, left = 0; i < name.Length; i++, left--, bits >>= 1)
        {
            if (left == 0)
            {
                (bits, left) = (random.NextUInt32(), 32);
            }

            if (char.IsAsciiLetter((char)name[i]) && (bits & 1) != 0)
            {
                name[i] ^= 0x20;
            }
        }
    }
}
