using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace StubResolver.Wire;

/// <summary>What the OPT record of a response says (RFC 6891 §6.1).</summary>
internal sealed class EdnsFields
{
    private const int ClientCookieLength = 8;
    private const int MinFullCookieLength = 16;
    private const int MaxCookieLength = 40;
    private const long KeepaliveUnit = TimeSpan.TicksPerMillisecond * 100;

    private static readonly EdnsFields s_plain = new(); // what most servers send: no options, nothing to keep of it

    private List<DnsExtendedError>? _extendedErrors;

    private EdnsFields()
    {
    }

    /// <summary>Gets the client cookie and behind it the server cookie, 8 or 16 to 40 octets (RFC 7873 §4); empty where there is none.</summary>
    public ReadOnlyMemory<byte> Cookie { get; private set; }

    /// <summary>Gets how long the server keeps an idle TCP connection (RFC 7828); null where it does not say.</summary>
    public TimeSpan? TcpKeepalive { get; private set; }

    /// <summary>Gets the extended errors (RFC 8914), in order.</summary>
    public IReadOnlyList<DnsExtendedError> ExtendedErrors => _extendedErrors ?? (IReadOnlyList<DnsExtendedError>)[];

    /// <summary>
    /// Reads the options of an OPT record; <see langword="false"/> where they do not fill it exactly, or the memory budget of the reply is used
    /// up. An option whose content is malformed counts as absent.
    /// </summary>
    public static bool TryRead(scoped ReadOnlySpan<byte> options, ref RetainedMemory memory, [NotNullWhen(true)] out EdnsFields? fields)
    {
        fields = options.IsEmpty ? s_plain : new EdnsFields();
        while (!options.IsEmpty)
        {
            if (!TryReadOption(ref options, out ushort code, out ReadOnlySpan<byte> data) || !fields.TryTake(code, data, ref memory))
            {
                fields = null;
                return false;
            }
        }

        return true;
    }

    private static bool TryReadOption(ref ReadOnlySpan<byte> options, out ushort code, out ReadOnlySpan<byte> data)
    {
        code = 0;
        data = default;
        if (options.Length < EdnsOption.HeaderSize)
        {
            return false;
        }

        code = BinaryPrimitives.ReadUInt16BigEndian(options);
        int length = BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
        options = options[EdnsOption.HeaderSize..];
        if (length > options.Length)
        {
            return false;
        }

        data = options[..length];
        options = options[length..];
        return true;
    }

    /// <summary>Takes one option; <see langword="false"/> where the memory budget is used up.</summary>
    private bool TryTake(ushort code, scoped ReadOnlySpan<byte> data, ref RetainedMemory memory)
    {
        switch (code)
        {
            case EdnsOption.Cookie when IsCookie(data) && Cookie.IsEmpty: // only the first counts (RFC 7873 §5)
                bool isCopied = memory.TryCopy(data, out byte[] cookie);
                Cookie = cookie;
                return isCopied;
            case EdnsOption.TcpKeepalive when data.Length == sizeof(ushort):
                TcpKeepalive = new TimeSpan(BinaryPrimitives.ReadUInt16BigEndian(data) * KeepaliveUnit);
                return true;
            case EdnsOption.ExtendedError when data.Length >= sizeof(ushort):
                return TryTakeExtendedError(data, ref memory);
            default:
                return true; // unknown options are ignored (RFC 6891 §6.1.2)
        }
    }

    private static bool IsCookie(ReadOnlySpan<byte> data) => data.Length is ClientCookieLength or (>= MinFullCookieLength and <= MaxCookieLength);

    private bool TryTakeExtendedError(scoped ReadOnlySpan<byte> data, ref RetainedMemory memory)
    {
        ReadOnlySpan<byte> octets = data[sizeof(ushort)..].TrimEnd((byte)0); // some servers end the text with a NUL (RFC 8914 §2)
        if (!memory.TryTakeExtendedError() || !memory.TryGetString(octets, out string text))
        {
            return false;
        }

        (_extendedErrors ??= []).Add(new DnsExtendedError(BinaryPrimitives.ReadUInt16BigEndian(data), text.Length == 0 ? null : text));
        return true;
    }
}
