using System.Diagnostics.CodeAnalysis;

namespace StubResolver.Wire;

/// <summary>What resolution needs of a reply that was already matched to its question. Immutable.</summary>
internal sealed class Response(
    DnsResponseCode responseCode,
    bool isAuthoritative,
    bool isTruncated,
    bool isRecursionAvailable,
    bool isAuthenticated,
    DnsRecord[] answers,
    string? zone,
    uint negativeSeconds,
    bool isAuthorityWhole,
    bool isWhole,
    EdnsFields? edns)
{
    /// <summary>The response code, the eight bits of OPT included (RFC 6891 §6.1.3).</summary>
    public readonly DnsResponseCode ResponseCode = responseCode;

    /// <summary>Whether the server is an authority for the name (AA).</summary>
    public readonly bool IsAuthoritative = isAuthoritative;

    /// <summary>Whether the message was cut short (TC); <see cref="Answers"/> then has the records that are whole.</summary>
    public readonly bool IsTruncated = isTruncated;

    /// <summary>Whether the server offers recursion (RA).</summary>
    public readonly bool IsRecursionAvailable = isRecursionAvailable;

    /// <summary>Whether the server says that it validated the data (AD).</summary>
    public readonly bool IsAuthenticated = isAuthenticated;

    /// <summary>The records of class IN in the answer section, in the order sent, wanted or not.</summary>
    public readonly DnsRecord[] Answers = answers;

    /// <summary>The owner of the first SOA record in the authority section; <see langword="null"/> where there is none.</summary>
    public readonly string? Zone = zone;

    /// <summary>The lesser of the TTL and the MINIMUM of that record (RFC 2308 §5); zero without one.</summary>
    public readonly uint NegativeSeconds = negativeSeconds;

    /// <summary>Whether the authority section was read to its end.</summary>
    public readonly bool IsAuthorityWhole = isAuthorityWhole;

    /// <summary>Whether all sections were read to their end.</summary>
    public readonly bool IsWhole = isWhole;

    /// <summary>What the OPT record says; null where there is none.</summary>
    public readonly EdnsFields? Edns = edns;

    /// <summary>
    /// Reads a reply. False where its answer section cannot be read, or would take more memory than any honest reply. Faults behind the answer
    /// section only mean that the rest is not read. A message with TC may end inside a record: the records before it count.
    /// </summary>
    /// <param name="message">The message; octets behind the last record are ignored.</param>
    /// <param name="questionName">The asked name as text; owners equal to it, ignoring ASCII case, share this string.</param>
    /// <param name="response">The reply.</param>
    public static bool TryParse(ReadOnlySpan<byte> message, string questionName, [NotNullWhen(true)] out Response? response)
    {
        response = null;
        if (!MessageHeader.TryRead(message, out MessageHeader header))
        {
            return false;
        }

        Span<byte> question = stackalloc byte[EncodedName.MaxLength];
        NameWriter.TryWrite(questionName, question, out int length);
        ResponseReader reader = new(message, header, new RetainedMemory(questionName, question[..length]));
        return reader.TryRead(out response);
    }
}
