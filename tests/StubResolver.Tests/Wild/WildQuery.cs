using System.Buffers.Binary;
using System.Text;

namespace StubResolver.Tests.Wild;

/// <summary>A query as it arrived at a <see cref="WildServer"/>.</summary>
/// <param name="Message">The octets, without the length prefix of TCP.</param>
/// <param name="Protocol">How it came.</param>
/// <param name="Connection">The number of the TCP connection, from 1; 0 over UDP.</param>
/// <param name="Port">The port it came from.</param>
internal sealed record WildQuery(byte[] Message, DnsProtocol Protocol, int Connection, int Port)
{
    private const int HeaderSize = 12;
    private const int TypeAndClass = 4;
    private const int OptSize = 11;
    private const int OptionHeaderSize = 4;
    private const ushort CookieOption = 10;

    /// <summary>Gets the question section, in the letter case that was sent.</summary>
    public ReadOnlySpan<byte> Question => Message.AsSpan(HeaderSize, NameLength + TypeAndClass);

    /// <summary>Gets the asked name as text, in the letter case that was sent.</summary>
    public string Name
    {
        get
        {
            StringBuilder text = new();
            for (int i = HeaderSize; Message[i] != 0; i += 1 + Message[i])
            {
                text.Append(text.Length > 0 ? "." : "").Append(Encoding.Latin1.GetString(Message, i + 1, Message[i]));
            }

            return text.ToString();
        }
    }

    public DnsRecordType Type => (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(Question[^TypeAndClass..]);

    /// <summary>Gets whether the query has an OPT record: our queries have no other additional record.</summary>
    public bool HasOpt => Message[11] == 1;

    /// <summary>Gets the DNS cookie; empty where there is none. Over UDP it is the only option of our queries.</summary>
    public ReadOnlySpan<byte> Cookie
    {
        get
        {
            ReadOnlySpan<byte> options = HasOpt ? Message.AsSpan(HeaderSize + Question.Length + OptSize) : default;
            return options.Length > OptionHeaderSize && BinaryPrimitives.ReadUInt16BigEndian(options) == CookieOption
                ? options.Slice(OptionHeaderSize, BinaryPrimitives.ReadUInt16BigEndian(options[2..]))
                : default;
        }
    }

    /// <summary>Returns what a failed assertion shows.</summary>
    public override string ToString() => $"{Name} {Type} over {Protocol}{(Connection > 0 ? $" {Connection}" : "")}{(HasOpt ? " with OPT" : "")}";

    private int NameLength
    {
        get
        {
            int end = HeaderSize;
            while (Message[end] != 0)
            {
                end += 1 + Message[end];
            }

            return end + 1 - HeaderSize;
        }
    }
}
