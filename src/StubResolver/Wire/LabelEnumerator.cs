using System.Diagnostics;

namespace StubResolver.Wire;

/// <summary>Walks the labels of a name that <see cref="EncodedName.TryRead"/> has checked.</summary>
internal ref struct LabelEnumerator
{
    private readonly ReadOnlySpan<byte> _message;
    private int _position;

    public LabelEnumerator(ReadOnlySpan<byte> message, int start)
    {
        _message = message;
        _position = start;
    }

    public ReadOnlySpan<byte> Current { get; private set; }

    public bool MoveNext()
    {
        int octet = _message[_position];
        while (octet > EncodedName.MaxLabelLength)
        {
            Debug.Assert(octet >= 0xC0, "TryRead lets no reserved label type through.");
            _position = ((octet & 0x3F) << 8) | _message[_position + 1];
            octet = _message[_position];
        }

        Current = _message.Slice(_position + 1, octet);
        _position += 1 + octet;
        return octet != 0;
    }
}
