using System.Text;
using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>Decides whether a received message is the reply to a query (RFC 5452 §9.1).</summary>
internal static class ResponseMatcher
{
    private const int TypeAndClass = 4;

    /// <summary>Compares a message with the query, octet by octet of the question; TC is no concern here.</summary>
    /// <param name="query">The query as sent.</param>
    /// <param name="message">The message received.</param>
    /// <param name="exactCase">Whether the letter case of the name must be repeated.</param>
    public static ResponseMatch Match(ReadOnlySpan<byte> query, ReadOnlySpan<byte> message, bool exactCase)
    {
        if (!MessageHeader.TryRead(message, out MessageHeader header) || !MessageHeader.TryRead(query, out MessageHeader sent)
            || !header.IsResponse || header.Opcode != 0)
        {
            return ResponseMatch.Junk;
        }

        if (header.Id != sent.Id)
        {
            return ResponseMatch.NearMiss;
        }

        return header.QuestionCount switch
        {
            0 => MayLackQuestion(header.ResponseCode) ? ResponseMatch.Match : ResponseMatch.NearMiss,
            1 => MatchQuestion(Question(query), message[MessageHeader.Size..], exactCase),
            _ => ResponseMatch.NearMiss,
        };
    }

    // Some servers that cannot answer do not repeat the question either.
    private static bool MayLackQuestion(DnsResponseCode code) => code is DnsResponseCode.ServerFailure or DnsResponseCode.Refused
        or DnsResponseCode.FormatError or DnsResponseCode.NotImplemented;

    // A compressed question has nothing before it to point to, so the octets must be the same.
    private static ResponseMatch MatchQuestion(ReadOnlySpan<byte> question, ReadOnlySpan<byte> rest, bool exactCase)
    {
        if (rest.Length < question.Length)
        {
            return ResponseMatch.NearMiss;
        }

        ReadOnlySpan<byte> name = question[..^TypeAndClass];
        ReadOnlySpan<byte> received = rest[..question.Length];
        if (!Ascii.EqualsIgnoreCase(name, received[..^TypeAndClass]) && !EqualsIgnoreCase(name, received[..^TypeAndClass]))
        {
            return ResponseMatch.NearMiss;
        }

        if (!question[^TypeAndClass..].SequenceEqual(received[^TypeAndClass..]))
        {
            return ResponseMatch.NearMiss;
        }

        return exactCase && !question.SequenceEqual(received) ? ResponseMatch.CaseMismatch : ResponseMatch.Match;
    }

    // For names with octets above 127, which Ascii.EqualsIgnoreCase never calls equal (RFC 4343 §3.1: only ASCII letters fold).
    private static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            if (Fold(left[i]) != Fold(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte Fold(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;

    private static ReadOnlySpan<byte> Question(ReadOnlySpan<byte> query)
    {
        int end = MessageHeader.Size;
        while (query[end] != 0)
        {
            end += query[end] + 1;
        }

        return query[MessageHeader.Size..(end + 1 + TypeAndClass)];
    }
}
